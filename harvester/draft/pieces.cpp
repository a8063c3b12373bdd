#include "draft/pieces.h"

#include <map>

#include "markdown/document.h"
#include "markdown/item_url.h"

namespace harvester::draft {
namespace {

using markdown::Block;

// The first line with every number as "#": what stays of "403 pull requests" when the count changes.
std::string shape_of(std::string_view text) {
    std::string out;
    for (const char c : markdown::trimmed(text.substr(0, text.find('\n'))))
        if (c < '0' || c > '9')
            out += c;
        else if (!out.ends_with('#'))
            out += '#';
    return out;
}

class Splitter {
  public:
    explicit Splitter(std::string_view body) : document_(body) {}

    Pieces split() {
        std::size_t line = 0;
        for (std::size_t i = 0; i < document_.blocks.size(); ++i) {
            const Block& block = document_.blocks[i];
            Piece piece;
            piece.gap = blank_lines(line, block.first_line);
            line = block.last_line + 1;
            piece.raw = document_.text_of(block);
            piece.end = document_.lines[block.last_line].end;
            piece.plain = markdown::with_plain_line_ends(piece.raw);
            piece.hidden = block.hidden;
            piece.level = block.level;
            name(piece, block, i);
            pieces_.list.push_back(std::move(piece));
        }
        pieces_.tail = blank_lines(line, document_.lines.size());
        return std::move(pieces_);
    }

  private:
    std::string blank_lines(std::size_t from, std::size_t to) const {
        std::string out;
        for (std::size_t i = from; i < to; ++i)
            out.append(document_.lines[i].text).append(document_.lines[i].end);
        return out;
    }

    // Kind, key, items and section.
    void name(Piece& piece, const Block& block, std::size_t i) {
        if (block.kind == Block::Kind::comment_open) {
            const Block& next = document_.blocks[i + 1];
            aside_ = next.kind == Block::Kind::heading ? markdown::heading_name(next.words) : section_;
            in_comment_ = true;
            piece.kind = Piece::Kind::open;
            comment_key_ = piece.key = numbered(draft::comment_key(aside_, piece.plain));
        } else if (block.kind == Block::Kind::comment_close) {
            piece.kind = Piece::Kind::close;
            piece.key = "end of " + comment_key_;
        } else if (block.kind == Block::Kind::heading) {
            piece.kind = Piece::Kind::heading;
            const std::string name = markdown::heading_name(block.words);
            piece.key = numbered((block.hidden ? "hidden " : "") + heading_key(name));
            if (!block.hidden) return enter(piece, name);
        } else {
            if (block.kind == Block::Kind::item) piece.kind = Piece::Kind::item;
            piece.items = markdown::item_keys(piece.plain);
            const auto definition =
                block.kind == Block::Kind::definition ? markdown::definition_of(piece.plain) : std::nullopt;
            if (piece.names_item())
                piece.key = piece.items.front();
            else if (definition)
                piece.key = numbered("definition:" + std::string(definition->label));
            else
                piece.key = numbered("text:" + shape_of(piece.plain));
        }
        piece.section = in_comment_ ? aside_ : section_;
        if (piece.kind == Piece::Kind::close) in_comment_ = false;
    }

    void enter(Piece& heading, const std::string& name) {
        while (!open_.empty() && open_.back().first >= heading.level) open_.pop_back();
        heading.section = open_.empty() ? std::string() : open_.back().second;
        open_.emplace_back(heading.level, name);
        section_ = name;
    }

    // The second piece of one key is another piece.
    std::string numbered(const std::string& key) {
        const int times = ++seen_[key];
        return times == 1 ? key : key + " (" + std::to_string(times) + ")";
    }

    const markdown::Document document_;
    Pieces pieces_;
    std::string section_;  // name of the last heading
    std::string aside_;    // section of the comment being read
    std::string comment_key_;
    bool in_comment_ = false;
    std::vector<std::pair<int, std::string>> open_;  // headings, each below the one before
    std::map<std::string, int> seen_;
};

}  // namespace

Pieces pieces_of(std::string_view body) {
    return Splitter(body).split();
}

std::string heading_key(std::string_view name) {
    return "heading:" + std::string(name);
}

std::string comment_key(std::string_view section, std::string_view opening) {
    return "comment:" + std::string(section) + ":" + shape_of(opening);
}

}  // namespace harvester::draft
