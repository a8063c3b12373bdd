# What `cmake --install` and `cpack` put where: the program, its man page, its completions, the README.
include(GNUInstallDirs)

set(reference ${CMAKE_BINARY_DIR}/reference)
add_custom_command(OUTPUT ${reference}/harvester.1 ${reference}/harvester.bash ${reference}/_harvester ${reference}/harvester.fish
  COMMAND ${CMAKE_COMMAND} -E make_directory ${reference}
  COMMAND harvester generate man > ${reference}/harvester.1
  COMMAND harvester generate bash > ${reference}/harvester.bash
  COMMAND harvester generate zsh > ${reference}/_harvester
  COMMAND harvester generate fish > ${reference}/harvester.fish
  DEPENDS harvester VERBATIM)
add_custom_target(reference ALL DEPENDS ${reference}/harvester.1)

install(TARGETS harvester RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${reference}/harvester.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${reference}/harvester.bash RENAME harvester DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${reference}/_harvester DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${reference}/harvester.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES ${CMAKE_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

install(FILES ${CMAKE_SOURCE_DIR}/queries/twir.toml ${CMAKE_SOURCE_DIR}/queries/plain.toml ${CMAKE_SOURCE_DIR}/queries/rust-analyzer-changelog.toml
  ${CMAKE_SOURCE_DIR}/queries/release-notes.toml DESTINATION ${CMAKE_INSTALL_DATADIR}/harvester/profiles)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "The harvester's maintainers")
set(CPACK_PACKAGE_CONTACT "The harvester's maintainers <maintainers@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_STRIP_FILES ON)
# The system is a part of the name: the libraries that the program needs have other versions on each.
cmake_host_system_information(RESULT system QUERY DISTRIB_INFO)
execute_process(COMMAND dpkg --print-architecture OUTPUT_VARIABLE architecture OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
set(CPACK_DEBIAN_FILE_NAME "harvester_${PROJECT_VERSION}_${system_ID}${system_VERSION_ID}_${architecture}.deb")
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
include(CPack)
