#include "commonmark.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <memory>

namespace test {

ReadDocument read_markdown(std::string_view markdown) {
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser(
        cmark_parser_new(CMARK_OPT_DEFAULT), cmark_parser_free);
    for (const char* name : {"autolink", "table", "tagfilter"})
        cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
    cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
    const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> root(cmark_parser_finish(parser.get()),
                                                                       cmark_node_free);

    ReadDocument out;
    const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> walk(cmark_iter_new(root.get()),
                                                                       cmark_iter_free);
    bool in_link = false;
    for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(walk.get())) {
        cmark_node* node = cmark_iter_get_node(walk.get());
        const auto type = cmark_node_get_type(node);
        if (type == CMARK_NODE_LINK) {
            in_link = event == CMARK_EVENT_ENTER;
            if (in_link) out.links.push_back({cmark_node_get_url(node), {}, {}, true});
            continue;
        }
        if (event == CMARK_EVENT_EXIT) continue;
        if (type == CMARK_NODE_ITEM) ++out.items;
        if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) ++out.html;
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
            (in_link ? out.links.back().text : out.text_outside) += cmark_node_get_literal(node);
            if (in_link && type == CMARK_NODE_CODE)
                out.links.back().code.emplace_back(cmark_node_get_literal(node));
        } else if (in_link) {
            out.links.back().plain = false;
        }
    }
    return out;
}

}  // namespace test
