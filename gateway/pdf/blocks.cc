#include "gateway/pdf/blocks.h"

#include <algorithm>
#include <array>

#include "gateway/pdf/room.h"

namespace heyan::pdf {
namespace {

using report::Block;
using report::Paragraph;

constexpr double kGap = 5;         // after a block
constexpr double kSmallGap = 2.5;  // after small print
constexpr double kFieldName = 108;

struct HeadingLook {
  const char* tag;
  double size;
  double before;
};
constexpr std::array<HeadingLook, 4> kHeadings = {
    {{"H1", 18, 0}, {"H2", 13.5, 11}, {"H3", 11, 9}, {"H4", 9.8, 6}}};

void put_group(Pen& pen, const report::Group& group) {
  pen.need(room_for(pen, group));
  put_frame(pen, group);
  pen.skip(kGap + 2);
}

const HeadingLook& look_of(const report::Heading& heading) {
  return kHeadings.at(static_cast<std::size_t>(std::clamp(heading.level, 1, 4) - 1));
}

Text words_of(const Pen& pen, const report::Heading& heading) {
  return {
      pen.typesetter(), heading.text, {.size = look_of(heading).size, .bold = true}, pen.width()};
}

// A notice stands in a frame, the step to take behind a bar: in black and white they differ, too.
bool is_framed(const Paragraph& paragraph) { return paragraph.role == Paragraph::Role::kNotice; }

double inset_of(const Paragraph& paragraph) {
  if (is_framed(paragraph)) return 8;
  return paragraph.role == Paragraph::Role::kNextStep ? 10 : 0;
}

// Beneath it, with the rule.
double gap_after(const report::Heading& heading) { return kGap - 1 + (heading.level <= 2 ? 3 : 0); }

}  // namespace

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

void put_frame(Pen& pen, const report::Group& group) {
  pen.begin_frame();
  {
    const Pen::Indent indent(pen, 8, 8);
    put_blocks(pen, group.blocks);
  }
  pen.end_frame();
}

double height_of(const Pen& pen, const report::Heading& heading) {
  return look_of(heading).before + words_of(pen, heading).height() + gap_after(heading);
}

void put_heading(Pen& pen, const report::Heading& heading, double room_after) {
  const HeadingLook& look = look_of(heading);
  const Text text = words_of(pen, heading);
  pen.skip(look.before);
  pen.need(text.height() + gap_after(heading) + room_after);
  pen.begin(look.tag);
  pen.flow(text);
  pen.end();
  if (heading.level <= 2) {
    pen.rule(pen.left(), pen.y() + 1.5, pen.left() + pen.width(), pen.y() + 1.5,
             heading.level == 1 ? 1.4 : kLineWidth);
  }
  pen.skip(gap_after(heading));
}

Text text_of(const Pen& pen, const Paragraph& paragraph) {
  const double inset = inset_of(paragraph);
  return {pen.typesetter(), paragraph.text, style_of(paragraph.role),
          pen.width() - (is_framed(paragraph) ? 2 * inset : inset)};
}

void put_paragraph(Pen& pen, const Paragraph& paragraph) {
  const bool framed = is_framed(paragraph);
  const Text text = text_of(pen, paragraph);
  pen.need(room_for(paragraph, text));
  if (framed) pen.begin_frame();
  const double top = pen.y();
  const int page = pen.page();
  pen.begin("P");
  pen.flow(text, inset_of(paragraph));
  pen.end();
  if (framed) pen.end_frame();
  if (paragraph.role == Paragraph::Role::kNextStep && page == pen.page()) {
    pen.rule(pen.left() + 3, top + 2, pen.left() + 3, pen.y() - 1, 1.6);
  }
  pen.skip(paragraph.role == Paragraph::Role::kSmall ? kSmallGap : kGap);
}

FieldTexts texts_of(const Pen& pen, const report::Field& field) {
  return {.name = {pen.typesetter(),
                   {{field.name, report::Span::Kind::kTag}},
                   {.size = kBodySize + 0.8},
                   kFieldName - 8},
          .value = {pen.typesetter(), field.value, {.size = kBodySize}, pen.width() - kFieldName}};
}

void put_fields(Pen& pen, const report::Fields& fields) {
  pen.begin("Table");
  for (const report::Field& field : fields.fields) {
    const FieldTexts texts = texts_of(pen, field);
    pen.need(room_for(texts));
    pen.begin("TR");
    pen.begin("TH");
    const double top = pen.y();
    const int page = pen.page();
    pen.flow(texts.name);
    const double below_name = pen.y();
    const bool same_page = page == pen.page();
    pen.end();
    pen.begin("TD");
    if (same_page) pen.move_to(top);
    pen.flow(texts.value, kFieldName);
    pen.end();
    pen.end();
    if (same_page && page == pen.page()) pen.move_to(std::max(pen.y(), below_name));
    pen.skip(1.5);
  }
  pen.end();
  pen.skip(kGap);
}

void put_block(Pen& pen, const Block& block, std::span<const Block> after) {
  struct Put {
    Pen& pen;
    std::span<const Block> after;
    void operator()(const report::Heading& it) const {
      put_heading(pen, it, room_to_begin(pen, after));
    }
    void operator()(const Paragraph& it) const { put_paragraph(pen, it); }
    void operator()(const report::Fields& it) const { put_fields(pen, it); }
    void operator()(const report::Table& it) const { put_table(pen, it); }
    void operator()(const report::List& it) const { put_list(pen, it); }
    void operator()(const report::Group& it) const { put_group(pen, it); }
    void operator()(const report::Picture& it) const { put_picture(pen, it); }
  };
  if (!pen.too_long()) std::visit(Put{pen, after}, block.content);
}

void put_blocks(Pen& pen, std::span<const Block> blocks) {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    put_block(pen, blocks[i], blocks.subspan(i + 1));
  }
}

}  // namespace heyan::pdf
