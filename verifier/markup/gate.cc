#include "verifier/markup/gate.h"

#include <algorithm>
#include <array>

#include "verifier/core/text.h"

namespace heyan::markup {
namespace {

using Kind = Problem::Kind;
using Text = std::expected<std::string, Problem>;

std::unexpected<Problem> refuse(Kind kind, std::string detail, std::size_t line = 0) {
  return std::unexpected(
      Problem{.kind = kind, .line = line, .path = {}, .detail = std::move(detail)});
}

void append_utf8(std::string& text, std::uint32_t c) {
  const auto tail = [&](unsigned shift) {
    text.push_back(static_cast<char>(0x80U | ((c >> shift) & 0x3FU)));
  };
  if (c < 0x80) {
    text.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    text.push_back(static_cast<char>(0xC0U | (c >> 6U)));
    tail(0);
  } else if (c < 0x10000) {
    text.push_back(static_cast<char>(0xE0U | (c >> 12U)));
    tail(6);
    tail(0);
  } else {
    text.push_back(static_cast<char>(0xF0U | (c >> 18U)));
    tail(12);
    tail(6);
    tail(0);
  }
}

// RFC 2781 section 2.2. `high`: the place of the more significant byte in each pair.
Text from_utf16(core::ByteView bytes, std::size_t high) {
  if (bytes.size() % 2 != 0) return refuse(Kind::kEncoding, "UTF-16 with half a character");
  std::string text;
  text.reserve(bytes.size());
  const auto unit = [&](std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at + high] << 8U | bytes[at + 1 - high]);
  };
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    std::uint32_t c = unit(at);
    if (c >= 0xD800 && c < 0xE000) {
      const std::uint32_t low = c < 0xDC00 && at + 2 < bytes.size() ? unit(at + 2) : 0;
      if (low < 0xDC00 || low >= 0xE000) {
        return refuse(Kind::kEncoding, "UTF-16 with half of a surrogate pair");
      }
      c = 0x10000 + ((c - 0xD800) << 10U) + (low - 0xDC00);
      at += 2;
    }
    append_utf8(text, c);
  }
  return text;
}

struct Encoded {
  std::string text;  // UTF-8, without the mark
  std::string_view name;
};

std::expected<Encoded, Problem> decode(core::ByteView document) {
  const std::string_view bytes = core::as_text(document);
  for (const auto& [mark, high] :
       {std::pair{std::string_view("\xfe\xff"), 0U}, std::pair{std::string_view("\xff\xfe"), 1U}}) {
    if (!bytes.starts_with(mark)) continue;
    auto text = from_utf16(document.subspan(2), high);
    if (!text) return std::unexpected(std::move(text).error());
    return Encoded{.text = *std::move(text), .name = "utf-16"};
  }
  const std::size_t skip = bytes.starts_with("\xef\xbb\xbf") ? 3 : 0;
  if (!core::is_utf8(bytes)) {
    return refuse(Kind::kEncoding,
                  "the bytes are neither UTF-8 nor UTF-16 with its byte-order mark");
  }
  return Encoded{.text = std::string(bytes.substr(skip)), .name = "utf-8"};
}

std::size_t line_at(std::string_view text, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, at), '\n'));
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// One `name = "value"` of the declaration at the front of `rest`; false where there is none.
bool take_pseudo_attribute(std::string_view& rest, std::string_view name, std::string_view& value) {
  std::string_view at = rest;
  const auto skip_space = [&] {
    const std::size_t before = at.size();
    while (!at.empty() && is_space(at.front())) at.remove_prefix(1);
    return at.size() != before;
  };
  if (!skip_space() || !at.starts_with(name)) return false;
  at.remove_prefix(name.size());
  skip_space();
  if (!at.starts_with('=')) return false;
  at.remove_prefix(1);
  skip_space();
  if (at.empty() || (at.front() != '"' && at.front() != '\'')) return false;
  const std::size_t end = at.find(at.front(), 1);
  if (end == std::string_view::npos) return false;
  value = at.substr(1, end - 1);
  rest = at.substr(end + 1);
  return true;
}

// The declaration (section 2.8) becomes blanks: what it says was checked, and no library reads it.
std::expected<void, Problem> take_declaration(std::string& text, std::string_view encoding) {
  if (!text.starts_with("<?xml") || text.size() < 6 || !is_space(text[5])) return {};
  const std::size_t end = text.find("?>");
  if (end == std::string::npos) {
    return refuse(Kind::kNotWellFormed, "the XML declaration does not end", 1);
  }
  std::string_view rest = std::string_view(text).substr(5, end - 5);
  std::string_view value;
  if (!take_pseudo_attribute(rest, "version", value) || value != "1.0") {
    return refuse(Kind::kNotWellFormed, "the XML declaration does not say version 1.0", 1);
  }
  if (take_pseudo_attribute(rest, "encoding", value)) {
    std::string declared(value);
    std::ranges::transform(declared, declared.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (declared != encoding) {
      return refuse(Kind::kEncoding,
                    "the XML declaration says another encoding than the bytes have: only UTF-8, "
                    "and UTF-16 with its byte-order mark, are read",
                    1);
    }
  }
  if (take_pseudo_attribute(rest, "standalone", value) && value != "yes" && value != "no") {
    return refuse(Kind::kNotWellFormed, "standalone is neither yes nor no", 1);
  }
  if (!std::ranges::all_of(rest, is_space)) {
    return refuse(Kind::kNotWellFormed, "the XML declaration holds something else", 1);
  }
  for (char& c : std::span(text).first(end + 2)) {
    if (c != '\n') c = ' ';
  }
  return {};
}

// Counts marks of tags without understanding them. Where the document is not well-formed the counts
// mean nothing, and the parser refuses it.
class Counter {
 public:
  Counter(std::string_view text, const ReadLimits& limits) : text_(text), limits_(limits) {}

  std::expected<void, Problem> run() {
    while (true) {
      const std::size_t mark = text_.find('<', at_);
      if (std::min(mark, text_.size()) - at_ > limits_.text_bytes) return limit("text");
      if (mark == std::string_view::npos) return {};
      at_ = mark;
      if (const auto step = take_markup(); !step) return step;
    }
  }

 private:
  struct Section {
    std::string_view begin;
    std::string_view end;
    bool text;
  };
  static constexpr std::array<Section, 3> kSections = {
      Section{"<!--", "-->", false}, Section{"<![CDATA[", "]]>", true}, Section{"<?", "?>", false}};

  std::expected<void, Problem> limit(std::string_view what) const {
    return refuse(Kind::kLimit, "the document has more than is read: " + std::string(what),
                  line_at(text_, at_));
  }
  std::expected<void, Problem> unfinished() const {
    return refuse(Kind::kNotWellFormed, "the document ends within a tag", line_at(text_, at_));
  }

  std::expected<void, Problem> take_markup() {
    const std::string_view rest = text_.substr(at_);
    for (const Section& section : kSections) {
      if (!rest.starts_with(section.begin)) continue;
      const std::size_t end = rest.find(section.end, section.begin.size());
      if (end == std::string_view::npos) return unfinished();
      if (end > (section.text ? limits_.text_bytes : limits_.tag_bytes)) return limit("text");
      if (++nodes_ > limits_.elements) return limit("elements");
      at_ += end + section.end.size();
      return {};
    }
    if (rest.starts_with("<!")) {
      return refuse(Kind::kDoctype,
                    "the document has a document type declaration, which is never read: send it "
                    "without one",
                    line_at(text_, at_));
    }
    return rest.starts_with("</") ? take_end_tag(rest) : take_tag(rest);
  }

  std::expected<void, Problem> take_end_tag(std::string_view rest) {
    const std::size_t end = rest.find('>');
    if (end == std::string_view::npos) return unfinished();
    if (end > limits_.tag_bytes) return limit("bytes in a tag");
    if (depth_ > 0) --depth_;
    at_ += end + 1;
    return {};
  }

  std::expected<void, Problem> take_tag(std::string_view rest) {
    std::size_t attributes = 0;
    std::size_t i = 1;
    for (; i < rest.size() && rest[i] != '>'; ++i) {
      if (i > limits_.tag_bytes) return limit("bytes in a tag");
      if (is_space(rest[i]) && rest.substr(i + 1).starts_with("xmlns")) ++namespaces_;
      if (rest[i] != '"' && rest[i] != '\'') continue;
      ++attributes;
      i = rest.find(rest[i], i + 1);
      if (i == std::string_view::npos) return unfinished();
    }
    if (i == rest.size()) return unfinished();
    if (i > limits_.tag_bytes) return limit("bytes in a tag");
    if (attributes > limits_.attributes) return limit("attributes of one element");
    if (namespaces_ > limits_.namespaces) return limit("declarations of namespaces");
    if (++nodes_ > limits_.elements) return limit("elements");
    if (depth_ + 1 > limits_.depth) return limit("elements in elements");
    if (rest[i - 1] != '/') ++depth_;
    at_ += i + 1;
    return {};
  }

  std::string_view text_;
  const ReadLimits& limits_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::size_t nodes_ = 0;
  std::size_t namespaces_ = 0;
};

}  // namespace

Text pass_gate(core::ByteView document, const ReadLimits& limits) {
  if (document.size() > limits.bytes) return refuse(Kind::kLimit, "the document is too long");
  auto encoded = decode(document);
  if (!encoded) return std::unexpected(std::move(encoded).error());
  std::string& text = encoded->text;
  if (text.size() > limits.bytes) return refuse(Kind::kLimit, "the document is too long");
  if (const std::size_t nul = text.find('\0'); nul != std::string::npos) {
    return refuse(Kind::kEncoding, "the document holds a NUL character", line_at(text, nul));
  }
  if (const auto declared = take_declaration(text, encoded->name); !declared) {
    return std::unexpected(declared.error());
  }
  if (const auto counted = Counter(text, limits).run(); !counted) {
    return std::unexpected(counted.error());
  }
  return std::move(text);
}

}  // namespace heyan::markup
