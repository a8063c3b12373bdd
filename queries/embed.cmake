# Writes OUT, a C++ file that holds the files FILES (separated by |) below ROOT as string literals: embedded_files() and
# embedded() of NAMESPACE, declared in HEADER.
# A literal is cut every 8,000 bytes: standard C++ only promises room for 65,536.
string(REPLACE "|" ";" FILES "${FILES}")
set(code "#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\nnamespace {\nusing namespace std::string_view_literals;\nconstexpr EmbeddedFile table[] = {\n")
foreach(file IN LISTS FILES)
  file(READ ${ROOT}/${file} hex HEX)
  string(LENGTH "${hex}" length)
  math(EXPR length "${length} / 2")
  string(REGEX REPLACE "(................................................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" hex "${hex}")
  string(REPLACE "\n" "\"\n    \"" hex "${hex}")
  string(APPEND code "    {\"${file}\"sv, std::string_view(\n    \"${hex}\", ${length})},\n")
endforeach()
string(APPEND code "};\n}  // namespace\n\nstd::span<const EmbeddedFile> embedded_files() { return table; }\n\nstd::string_view embedded(std::string_view path) {\n    for (const EmbeddedFile& file : table)\n        if (file.path == path) return file.text;\n    return {};\n}\n}  // namespace ${NAMESPACE}\n")
file(WRITE ${OUT} "${code}")
