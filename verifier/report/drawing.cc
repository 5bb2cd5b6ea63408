#include "verifier/report/drawing.h"

#include <utility>

namespace heyan::report {
namespace {

constexpr double kNarrow = 0.58;    // of the size: letters and digits
constexpr double kLineHeight = 12;  // of a letter of kLetterSize

// Bytes of the UTF-8 sign that begins with `first`.
std::size_t sign_bytes(char first) {
  const auto lead = static_cast<unsigned char>(first);
  if (lead >= 0xF0) return 4;
  if (lead >= 0xE0) return 3;
  return lead >= 0xC0 ? 2 : 1;
}

double sign_width(std::size_t bytes, double size) { return bytes >= 3 ? size : kNarrow * size; }

}  // namespace

double text_width(std::string_view text, double size) {
  double width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = sign_bytes(text[at]);
    width += sign_width(bytes, size);
    at += bytes;
  }
  return width;
}

std::string cut_to(std::string_view text, double width, double size) {
  if (text_width(text, size) <= width) return std::string(text);
  double used = size;  // of the sign that says so
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t bytes = sign_bytes(text[at]);
    used += sign_width(bytes, size);
    if (used > width) break;
    at += bytes;
  }
  return std::string(text.substr(0, at)) + "…";
}

Shape& Drawing::add(Shape::Kind kind, double x, double y, double to_x, double to_y) {
  Shape& shape = picture_.shapes.emplace_back();
  shape.kind = kind;
  shape.x = x;
  shape.y = y;
  shape.to_x = to_x;
  shape.to_y = to_y;
  return shape;
}

void Drawing::box(const Box& box, bool dashed, bool bold) {
  Shape& shape = add(Shape::Kind::kBox, box.x, box.y, box.x + box.width, box.y + box.height);
  shape.dashed = dashed;
  shape.bold = bold;
}

void Drawing::word_in(const Box& box, std::string_view text, int line, int lines, bool bold) {
  constexpr double kMargin = 6;
  constexpr double kAboveBase = 3;  // from the middle of a line to its base
  const double y = box.y + box.height / 2 + kAboveBase + (line - (lines - 1) / 2.0) * kLineHeight;
  word(box.x + box.width / 2, y, text, box.width - kMargin, Shape::Anchor::kMiddle, bold);
}

void Drawing::line(double x, double y, double to_x, double to_y, bool dashed, bool bold) {
  Shape& shape = add(Shape::Kind::kLine, x, y, to_x, to_y);
  shape.dashed = dashed;
  shape.bold = bold;
}

void Drawing::arrow(double x, double y, double to_x, double to_y, bool dashed) {
  add(Shape::Kind::kArrow, x, y, to_x, to_y).dashed = dashed;
}

void Drawing::word(double x, double y, std::string_view text, double width, Shape::Anchor anchor,
                   bool bold) {
  Shape& shape = add(Shape::Kind::kText, x, y, x, y);
  shape.anchor = anchor;
  shape.bold = bold;
  shape.size = kLetterSize;
  shape.text = cut_to(text, width, kLetterSize);
}

Picture Drawing::take(std::string description, double height) {
  picture_.description = std::move(description);
  picture_.width = kPictureWidth;
  picture_.height = height;
  return std::move(picture_);
}

}  // namespace heyan::report
