#include "gateway/pdf/blocks.h"

#include <algorithm>
#include <array>

namespace heyan::pdf {
namespace {

using report::Block;
using report::Paragraph;

constexpr double kGap = 5;         // after a block
constexpr double kSmallGap = 2.5;  // after small print
constexpr double kCompanion = 44;  // a heading is not left alone at the end of a page
constexpr double kMostKept = 260;  // a frame of this height is not divided between two pages
constexpr double kFieldName = 108;
constexpr double kItemIndent = 16;

struct HeadingLook {
  const char* tag;
  double size;
  double before;
};
constexpr std::array<HeadingLook, 4> kHeadings = {
    {{"H1", 18, 0}, {"H2", 13.5, 11}, {"H3", 11, 9}, {"H4", 9.8, 6}}};

std::string bullet(const report::List& list, std::size_t index) {
  return list.numbered ? std::to_string(index + 1) + "." : "•";
}

Style style_of(Paragraph::Role role) {
  switch (role) {
    case Paragraph::Role::kVerdict:
      return {.size = 12.5, .bold = true};
    case Paragraph::Role::kNotice:
      return {.size = kBodySize, .bold = true};
    case Paragraph::Role::kSmall:
      return {.size = kSmallSize};
    case Paragraph::Role::kBody:
    case Paragraph::Role::kNextStep:
      break;
  }
  return {.size = kBodySize};
}

// As large as the words that it stands before, on the same base line.
Style mark_style(const std::vector<Block>& item) {
  const auto* first = item.empty() ? nullptr : std::get_if<Paragraph>(&item.front().content);
  return {.size = first == nullptr ? kBodySize : style_of(first->role).size};
}

void put_list(Pen& pen, const report::List& list) {
  if (list.items.empty()) return;
  const Text widest(pen.typesetter(),
                    {{bullet(list, list.items.size() - 1), report::Span::Kind::kPlain}},
                    mark_style(list.items.back()), -1);
  const double inset = std::max(kItemIndent, widest.width() + 5);
  pen.begin("L");
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const Text mark(pen.typesetter(), {{bullet(list, i), report::Span::Kind::kPlain}},
                    mark_style(list.items[i]), -1);
    pen.need(mark.height() + (mark_style(list.items[i]).size > kBodySize ? kCompanion : 14));
    pen.begin("LI");
    pen.begin("Lbl");
    pen.show(mark, 0, pen.left(), pen.y() + mark.lines().front().ascent);
    pen.end();
    pen.begin("LBody");
    {
      const Pen::Indent indent(pen, inset, 0);
      put_blocks(pen, list.items[i]);
    }
    pen.end();
    pen.end();
  }
  pen.end();
}

void put_frame(Pen& pen, const report::Group& group) {
  pen.begin_frame();
  {
    const Pen::Indent indent(pen, 8, 8);
    put_blocks(pen, group.blocks);
  }
  pen.end_frame();
}

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

// How much room it must have where it begins: all of it, where that is not much.
double room_for(const Pen& pen, const report::Group& group) {
  if (!std::ranges::all_of(group.blocks, is_plain)) return kCompanion;
  Pen trial = pen.trial();
  put_frame(trial, group);
  const double height = trial.y() - kTop;
  const bool is_short = trial.page() == 1 && height <= kMostKept;
  return is_short ? height : kCompanion;
}

void put_group(Pen& pen, const report::Group& group) {
  pen.need(room_for(pen, group));
  put_frame(pen, group);
  pen.skip(kGap + 2);
}

}  // namespace

void put_heading(Pen& pen, const report::Heading& heading) {
  const HeadingLook& look =
      kHeadings.at(static_cast<std::size_t>(std::clamp(heading.level, 1, 4) - 1));
  const Text text(pen.typesetter(), heading.text, {.size = look.size, .bold = true}, pen.width());
  pen.skip(look.before);
  pen.need(text.height() + kCompanion);
  pen.begin(look.tag);
  pen.flow(text);
  pen.end();
  if (heading.level <= 2) {
    pen.rule(pen.left(), pen.y() + 1.5, pen.left() + pen.width(), pen.y() + 1.5,
             heading.level == 1 ? 1.4 : kLineWidth);
    pen.skip(3);
  }
  pen.skip(kGap - 1);
}

// A notice stands in a frame, the step to take behind a bar: in black and white they differ, too.
void put_paragraph(Pen& pen, const Paragraph& paragraph) {
  const bool framed = paragraph.role == Paragraph::Role::kNotice;
  const double inset = framed ? 8 : paragraph.role == Paragraph::Role::kNextStep ? 10 : 0;
  const Text text(pen.typesetter(), paragraph.text, style_of(paragraph.role),
                  pen.width() - (framed ? 2 * inset : inset));
  const double after = paragraph.role == Paragraph::Role::kVerdict ? kCompanion : framed ? 14 : 0;
  pen.need(std::min(text.height(), 3 * kBodySize) + after);
  if (framed) pen.begin_frame();
  const double top = pen.y();
  const int page = pen.page();
  pen.begin("P");
  pen.flow(text, inset);
  pen.end();
  if (framed) pen.end_frame();
  if (paragraph.role == Paragraph::Role::kNextStep && page == pen.page()) {
    pen.rule(pen.left() + 3, top + 2, pen.left() + 3, pen.y() - 1, 1.6);
  }
  pen.skip(paragraph.role == Paragraph::Role::kSmall ? kSmallGap : kGap);
}

void put_fields(Pen& pen, const report::Fields& fields) {
  pen.begin("Table");
  for (const report::Field& field : fields.fields) {
    const Text name(pen.typesetter(), {{field.name, report::Span::Kind::kTag}},
                    {.size = kBodySize + 0.8}, kFieldName - 8);
    const Text value(pen.typesetter(), field.value, {.size = kBodySize}, pen.width() - kFieldName);
    pen.need(std::max(name.height(), std::min(value.height(), 4 * kBodySize)));
    pen.begin("TR");
    pen.begin("TH");
    const double top = pen.y();
    const int page = pen.page();
    pen.flow(name);
    const double below_name = pen.y();
    const bool same_page = page == pen.page();
    pen.end();
    pen.begin("TD");
    if (same_page) pen.move_to(top);
    pen.flow(value, kFieldName);
    pen.end();
    pen.end();
    if (same_page && page == pen.page()) pen.move_to(std::max(pen.y(), below_name));
    pen.skip(1.5);
  }
  pen.end();
  pen.skip(kGap);
}

void put_block(Pen& pen, const Block& block) {
  struct Put {
    Pen& pen;
    void operator()(const report::Heading& it) const { put_heading(pen, it); }
    void operator()(const Paragraph& it) const { put_paragraph(pen, it); }
    void operator()(const report::Fields& it) const { put_fields(pen, it); }
    void operator()(const report::Table& it) const { put_table(pen, it); }
    void operator()(const report::List& it) const { put_list(pen, it); }
    void operator()(const report::Group& it) const { put_group(pen, it); }
    void operator()(const report::Picture& it) const { put_picture(pen, it); }
  };
  if (!pen.too_long()) std::visit(Put{pen}, block.content);
}

void put_blocks(Pen& pen, const std::vector<Block>& blocks) {
  for (const Block& block : blocks) put_block(pen, block);
}

}  // namespace heyan::pdf
