// How much room something must have where it begins, or it begins on the next page: so that nothing
// stands alone at the end of a page that belongs to what follows it. For the .cc files of this
// folder only.
#pragma once

#include <span>

#include "gateway/pdf/blocks.h"

namespace heyan::pdf {

inline constexpr double kCompanion = 44;  // of whatever stands beneath a heading

// The first of them; a heading together with what follows it.
double room_to_begin(const Pen& pen, std::span<const report::Block> blocks);

double room_for(const report::Paragraph& paragraph, const Text& text);
double room_for(const FieldTexts& field);
double room_for(const Pen& pen, const report::Table& table);  // its first row
double room_for(const Pen& pen, const report::List& list);    // its first item
double room_for(const Pen& pen, const report::Group& group);  // all of it, where that is not much
double room_for(const Pen& pen, const report::Picture& picture);

}  // namespace heyan::pdf
