// How each block of a document is laid out. For the .cc files of this folder only.
#pragma once

#include "gateway/pdf/pen.h"

namespace heyan::pdf {

void put_block(Pen& pen, const report::Block& block);
void put_blocks(Pen& pen, const std::vector<report::Block>& blocks);

void put_heading(Pen& pen, const report::Heading& heading);
void put_paragraph(Pen& pen, const report::Paragraph& paragraph);
void put_fields(Pen& pen, const report::Fields& fields);
// A table goes on on the next page under the names of its columns.
void put_table(Pen& pen, const report::Table& table);
void put_picture(Pen& pen, const report::Picture& picture);
bool is_shown(const report::Picture& picture);  // one without any size is not

// The QR code of a text, its upper right corner at (right, y): its side in points; 0: too long.
double put_code(Pen& pen, const std::string& text, double right, double y);

inline constexpr double kBodySize = 9.5;
inline constexpr double kSmallSize = 8.2;

}  // namespace heyan::pdf
