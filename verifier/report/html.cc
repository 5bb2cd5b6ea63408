#include "verifier/report/html.h"

#include <fmt/format.h>

#include "verifier/report/labels.h"
#include "verifier/report/markup.h"
#include "verifier/report/page_style.h"
#include "verifier/report/sections.h"
#include "verifier/report/svg.h"

namespace heyan::report {
namespace {

Markup line_end() { return escaped("\n"); }

Markup inline_of(const Span& span) {
  switch (span.kind) {
    case Span::Kind::kPlain:
      return escaped(span.text);
    case Span::Kind::kStrong:
      return element("strong", span.text);
    case Span::Kind::kSymbol:
      return element("strong", span.text, "class=\"symbol\"");
    case Span::Kind::kCode:
      return element("code", span.text);
    case Span::Kind::kTold:
      return element("bdi", span.text, "class=\"told\"");
    case Span::Kind::kDeclared:
      return element("small", span.text, "class=\"mark\"");
    case Span::Kind::kTag:
      return element("span", span.text, "class=\"tag\"");
  }
  return {};
}

Markup words_of(const Spans& spans) {
  Markup out;
  for (const Span& span : spans) out += inline_of(span);
  return out;
}

Markup blocks_of(const std::vector<Block>& blocks);

Markup block_of(const Heading& heading) {
  return element(fmt::format("h{}", heading.level), words_of(heading.text));
}

Markup block_of(const Paragraph& paragraph) {
  std::string_view attributes;
  switch (paragraph.role) {
    case Paragraph::Role::kBody:
      break;
    case Paragraph::Role::kNotice:
      attributes = "class=\"notice\" role=\"note\"";
      break;
    case Paragraph::Role::kVerdict:
      attributes = "class=\"verdict\"";
      break;
    case Paragraph::Role::kNextStep:
      attributes = "class=\"next\"";
      break;
    case Paragraph::Role::kSmall:
      attributes = "class=\"small\"";
      break;
  }
  return element("p", words_of(paragraph.text), attributes);
}

Markup block_of(const Fields& fields) {
  Markup out;
  for (const Field& field : fields.fields) {
    out += element("div", element("dt", field.name) + element("dd", words_of(field.value))) +
           line_end();
  }
  return element("dl", out);
}

// On a telephone a row is a card: each cell then names its column itself.
Markup row_of(const Table& table, const std::vector<Spans>& row) {
  Markup cells = element("th", words_of(row.front()), "scope=\"row\"");
  for (std::size_t i = 1; i < row.size(); ++i) {
    cells += element(
        "td", element("span", table.columns[i] + ": ", "class=\"column\"") + words_of(row[i]));
  }
  return element("tr", cells) + line_end();
}

Markup block_of(const Table& table) {
  Markup columns;
  for (const std::string& name : table.columns) columns += element("th", name, "scope=\"col\"");
  Markup rows;
  for (const auto& row : table.rows) rows += row_of(table, row);
  Markup content;
  if (!table.caption.empty()) content += element("caption", table.caption);
  content += element("thead", element("tr", columns)) + element("tbody", rows);
  return element("div", element("table", content), "class=\"wide\"");
}

Markup block_of(const List& list) {
  Markup items;
  for (const auto& item : list.items) items += element("li", blocks_of(item)) + line_end();
  return element(list.numbered ? "ol" : "ul", items, "class=\"list\"");
}

Markup block_of(const Group& group) {
  return element("div", blocks_of(group.blocks), "class=\"group\"");
}

Markup block_of(const Picture& picture) { return drawn(picture); }

Markup blocks_of(const std::vector<Block>& blocks) {
  Markup out;
  for (const Block& block : blocks) {
    out += std::visit([](const auto& content) { return block_of(content); }, block.content);
    out += line_end();
  }
  return out;
}

Markup head(const Document& document) {
  return element("head", single("meta", "charset=\"utf-8\"") +
                             single("meta",
                                    "name=\"viewport\" content=\"width=device-width, "
                                    "initial-scale=1\"") +
                             single("meta", "name=\"robots\" content=\"noindex\"") +
                             element("title", document.title + " " + document.number) +
                             element("style", Markup{std::string(page_style())}));
}

std::string in(const Document& document, Label name) {
  return std::string(label(name).in(document.language));
}

Markup skip_link(const Document& document) {
  return element("a", in(document, Label::kSkip), "class=\"skip\" href=\"#report\"");
}

Markup other_language(const Document& document) {
  const bool chinese = document.language == catalogue::Language::kChinese;
  return element("nav", element("a", in(document, Label::kOtherLanguage),
                                chinese ? "href=\"?lang=en\" hreflang=\"en\" lang=\"en\""
                                        : "href=\"?lang=zh\" hreflang=\"zh\" lang=\"zh\""));
}

// Where the sections are, once page 1 was read.
Markup contents(const Document& document) {
  Markup links;
  for (const Section& section : document.sections) {
    for (const Block& block : section.blocks) {
      const auto* heading = std::get_if<Heading>(&block.content);
      if (heading == nullptr || heading->level != 2 || section.id == "overall") continue;
      links += element("li", element("a", words_of(heading->text),
                                     fmt::format("href=\"#{}\"", section.id))) +
               line_end();
      break;
    }
  }
  if (links.html.empty()) return {};
  return element("nav", element("h2", in(document, Label::kContents)) + element("ul", links),
                 "class=\"contents\"") +
         line_end();
}

Markup section_of(const Section& section) {
  return element("section", blocks_of(section.blocks),
                 fmt::format("id=\"{}\"{}", section.id,
                             section.new_page ? " class=\"new-page\"" : "")) +
         line_end();
}

}  // namespace

std::string render_html(const v1::Report& report, const TextOptions& options) {
  const Document document = build_document(report, options);
  Markup main;
  for (const Section& section : document.sections) {
    if (!section.blocks.empty()) main += section_of(section);
    if (&section == &document.sections.front()) main += contents(document);
  }
  const Markup body =
      skip_link(document) + (options.served ? other_language(document) : Markup()) +
      element("main", main, "id=\"report\" tabindex=\"-1\"") +
      element("footer", element("p", in(document, Label::kNumber) + ": " + document.number) +
                            element("p", escaped(in(document, Label::kPayload) + ": ") +
                                             element("code", document.payload_digest)));
  const bool chinese = document.language == catalogue::Language::kChinese;
  return "<!doctype html>\n" +
         element("html", head(document) + element("body", element("div", body, "class=\"sheet\"")),
                 chinese ? "lang=\"zh-CN\"" : "lang=\"en\"")
             .html +
         "\n";
}

}  // namespace heyan::report
