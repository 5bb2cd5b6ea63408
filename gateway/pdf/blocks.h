// How each block of a document is laid out. For the .cc files of this folder only.
#pragma once

#include <span>

#include "gateway/pdf/pen.h"

namespace heyan::pdf {

// `after`: what follows it, with which a heading stays.
void put_block(Pen& pen, const report::Block& block, std::span<const report::Block> after);
void put_blocks(Pen& pen, std::span<const report::Block> blocks);

void put_heading(Pen& pen, const report::Heading& heading, double room_after);
void put_paragraph(Pen& pen, const report::Paragraph& paragraph);
void put_fields(Pen& pen, const report::Fields& fields);
// A table goes on on the next page under the names of its columns.
void put_table(Pen& pen, const report::Table& table);
// Items of a verdict and small print alone are set close, so that many of them stand on page 1;
// where they go on on the next, the page says so.
void put_list(Pen& pen, const report::List& list);
void put_frame(Pen& pen, const report::Group& group);
void put_picture(Pen& pen, const report::Picture& picture);
bool is_shown(const report::Picture& picture);  // one without any size is not

Style style_of(report::Paragraph::Role role);
Text text_of(const Pen& pen, const report::Paragraph& paragraph);
struct FieldTexts {
  Text name;
  Text value;
};
FieldTexts texts_of(const Pen& pen, const report::Field& field);
double height_of(const Pen& pen, const report::Heading& heading);

// The QR code of a text, its upper right corner at (right, y): its side in points; 0: too long.
double put_code(Pen& pen, const std::string& text, double right, double y);

inline constexpr double kBodySize = 9.5;
inline constexpr double kSmallSize = 8.2;

}  // namespace heyan::pdf
