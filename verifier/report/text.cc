#include "verifier/report/text.h"

#include <fmt/format.h>

#include "verifier/report/sections.h"

namespace heyan::report {
namespace {

std::string words_of(const Spans& spans) {
  std::string text;
  for (const Span& span : spans) {
    switch (span.kind) {
      case Span::Kind::kDeclared:
        text += " (" + span.text + ")";
        break;
      case Span::Kind::kTag:
        text += " [" + span.text + "]";
        break;
      default:
        text += span.text;
    }
  }
  return text;
}

// Blocks as lines, each behind the indent of the lists and frames around it.
class Layout {
 public:
  void lay(const std::vector<Block>& blocks) {
    for (const Block& block : blocks) {
      std::visit([this](const auto& content) { lay(content); }, block.content);
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void line(const std::string& text) {
    text_ += (first_.empty() ? indent_ : first_) + text + "\n";
    first_.clear();
  }

  void lay(const Heading& heading) {
    constexpr int kSection = 2;
    const std::string words = words_of(heading.text);
    if (heading.level <= kSection) {
      if (!text_.empty()) text_ += "\n";
      return line("== " + words + " ==");
    }
    line(words + (heading.level == kSection + 1 ? "" : ":"));
  }

  void lay(const Paragraph& paragraph) {
    const std::string words = words_of(paragraph.text);
    line(paragraph.role == Paragraph::Role::kNotice ? "*** " + words + " ***" : words);
  }

  void lay(const Fields& fields) {
    for (const Field& field : fields.fields) line(field.name + ": " + words_of(field.value));
  }

  // A row is a line that names its columns.
  void lay(const Table& table) {
    if (!table.caption.empty()) line(table.caption + ":");
    for (const auto& row : table.rows) {
      std::string text = "- " + words_of(row.front());
      for (std::size_t i = 1; i < row.size(); ++i) {
        if (const std::string cell = words_of(row[i]); !cell.empty()) {
          text += fmt::format("; {}: {}", table.columns[i], cell);
        }
      }
      line(text);
    }
  }

  void lay(const List& list) {
    int number = 0;
    for (const auto& item : list.items) {
      const std::string mark = list.numbered ? fmt::format("{}. ", ++number) : "- ";
      within(mark, std::string(mark.size(), ' '), item);
    }
  }

  void lay(const Group& group) {
    constexpr std::string_view kFrame = "  ";
    within(std::string(kFrame), std::string(kFrame), group.blocks);
  }

  void lay(const Picture& picture) { line(picture.description); }

  void within(const std::string& first, const std::string& indent,
              const std::vector<Block>& blocks) {
    const std::string outer = indent_;
    first_ = outer + first;
    indent_ += indent;
    lay(blocks);
    indent_ = outer;
    first_.clear();
  }

  std::string text_;
  std::string indent_;
  std::string first_;  // of the next line, where it differs
};

}  // namespace

std::optional<Level> level_by_name(std::string_view name) {
  if (name == "litigant") return Level::kLitigant;
  if (name == "judge") return Level::kJudge;
  if (name == "expert") return Level::kExpert;
  if (name == "hash-report-us") return Level::kHashReportUs;
  if (name == "hash-report-in") return Level::kHashReportIndia;
  return std::nullopt;
}

std::string render_text(const v1::Report& report, const TextOptions& options) {
  Layout layout;
  for (const Section& section : build_document(report, options).sections) {
    layout.lay(section.blocks);
  }
  return layout.take();
}

}  // namespace heyan::report
