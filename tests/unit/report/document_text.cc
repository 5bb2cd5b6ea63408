#include "tests/unit/report/document_text.h"

namespace heyan::report::testing {
namespace {

class Words {
 public:
  void of(const std::vector<Block>& blocks) {
    for (const Block& block : blocks) {
      std::visit([this](const auto& content) { of(content); }, block.content);
    }
  }
  std::string take() { return std::move(text_); }

 private:
  void of(const Spans& spans) {
    for (const Span& span : spans) text_ += span.text;
    text_ += "\n";
  }
  void of(const Heading& heading) { of(heading.text); }
  void of(const Paragraph& paragraph) { of(paragraph.text); }
  void of(const Fields& fields) {
    for (const Field& field : fields.fields) {
      text_ += field.name + ": ";
      of(field.value);
    }
  }
  void of(const Table& table) {
    for (const auto& row : table.rows) {
      for (const Spans& cell : row) of(cell);
    }
  }
  void of(const List& list) {
    for (const auto& item : list.items) of(item);
  }
  void of(const Group& group) { of(group.blocks); }
  void of(const Picture& picture) { text_ += picture.description + "\n"; }

  std::string text_;
};

void collect(const std::vector<Block>& blocks, std::vector<const Picture*>& found) {
  for (const Block& block : blocks) {
    if (const auto* picture = std::get_if<Picture>(&block.content)) found.push_back(picture);
    if (const auto* group = std::get_if<Group>(&block.content)) collect(group->blocks, found);
    if (const auto* list = std::get_if<List>(&block.content)) {
      for (const auto& item : list->items) collect(item, found);
    }
  }
}

}  // namespace

std::string words_of(const Section& section) {
  Words words;
  words.of(section.blocks);
  return words.take();
}

const Section* section(const Document& document, std::string_view id) {
  for (const Section& one : document.sections) {
    if (one.id == id) return &one;
  }
  return nullptr;
}

std::vector<std::string> ids(const Document& document) {
  std::vector<std::string> found;
  for (const Section& one : document.sections) found.push_back(one.id);
  return found;
}

std::vector<const Picture*> pictures(const Document& document) {
  std::vector<const Picture*> found;
  for (const Section& one : document.sections) collect(one.blocks, found);
  return found;
}

}  // namespace heyan::report::testing
