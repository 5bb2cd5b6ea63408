#include "gateway/pdf/room.h"

#include <algorithm>

namespace heyan::pdf {
namespace {

using report::Block;
using report::Paragraph;

constexpr double kMostKept = 260;    // a frame of this height is not divided between two pages
constexpr double kFramePadding = 8;  // above what stands in it

// Words alone: soon laid out once more, and no frame in them that would be, too.
bool is_plain(const Block& block) {
  const auto* list = std::get_if<report::List>(&block.content);
  return std::holds_alternative<report::Heading>(block.content) ||
         std::holds_alternative<Paragraph>(block.content) ||
         std::holds_alternative<report::Fields>(block.content) ||
         (list != nullptr && std::ranges::all_of(list->items, [](const std::vector<Block>& item) {
            return std::ranges::all_of(item, is_plain);
          }));
}

struct Room {
  const Pen& pen;
  std::span<const Block> after;
  double operator()(const report::Heading& it) const {
    return height_of(pen, it) + room_to_begin(pen, after);
  }
  double operator()(const Paragraph& it) const { return room_for(it, text_of(pen, it)); }
  double operator()(const report::Fields& it) const {
    return it.fields.empty() ? 0 : room_for(texts_of(pen, it.fields.front()));
  }
  double operator()(const report::Table& it) const { return room_for(pen, it); }
  double operator()(const report::List& it) const { return room_for(pen, it); }
  double operator()(const report::Group& it) const { return room_for(pen, it); }
  double operator()(const report::Picture& it) const { return room_for(pen, it); }
};

}  // namespace

double room_to_begin(const Pen& pen, std::span<const Block> blocks) {
  if (blocks.empty()) return kCompanion;
  return std::visit(Room{pen, blocks.subspan(1)}, blocks.front().content);
}

// A verdict stays with what it means.
double room_for(const Paragraph& paragraph, const Text& text) {
  const double after = paragraph.role == Paragraph::Role::kVerdict  ? kCompanion
                       : paragraph.role == Paragraph::Role::kNotice ? 14
                                                                    : 0;
  return std::min(text.height(), 3 * kBodySize) + after;
}

double room_for(const FieldTexts& field) {
  return std::max(field.name.height(), std::min(field.value.height(), 4 * kBodySize));
}

double room_for(const Pen& pen, const report::Group& group) {
  const double begun = std::max(kCompanion, kFramePadding + room_to_begin(pen, group.blocks));
  if (!std::ranges::all_of(group.blocks, is_plain)) return begun;
  Pen trial = pen.trial();
  put_frame(trial, group);
  const double height = trial.y() - kTop;
  const bool is_short = trial.page() == 1 && height <= kMostKept;
  return is_short ? height : begun;
}

}  // namespace heyan::pdf
