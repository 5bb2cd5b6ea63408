#include "verifier/report/svg.h"

#include <fmt/format.h>

#include <cmath>

namespace heyan::report {
namespace {

constexpr double kPixelsAPoint = 4.0 / 3;

std::string_view anchor(Shape::Anchor where) {
  switch (where) {
    case Shape::Anchor::kStart:
      return "start";
    case Shape::Anchor::kMiddle:
      return "middle";
    case Shape::Anchor::kEnd:
      return "end";
  }
  return "start";
}

std::string stroke(const Shape& shape) {
  return fmt::format("fill=\"none\" stroke=\"#111\" stroke-width=\"{}\"{}",
                     shape.bold ? "1.6" : "0.8", shape.dashed ? " stroke-dasharray=\"3 2\"" : "");
}

Markup line(const Shape& shape) {
  return element("line", "",
                 fmt::format("x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" {}", shape.x,
                             shape.y, shape.to_x, shape.to_y, stroke(shape)));
}

// The line, and a filled triangle at its end.
Markup arrow(const Shape& shape) {
  constexpr double kLength = 6;
  constexpr double kHalfWidth = 2.5;
  const double x = shape.to_x - shape.x;
  const double y = shape.to_y - shape.y;
  const double length = std::hypot(x, y);
  if (length <= 0) return {};
  const double ux = x / length;
  const double uy = y / length;
  const double base_x = shape.to_x - ux * kLength;
  const double base_y = shape.to_y - uy * kLength;
  return line(shape) +
         element(
             "polygon", "",
             fmt::format("points=\"{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}\" fill=\"#111\"",
                         shape.to_x, shape.to_y, base_x - uy * kHalfWidth, base_y + ux * kHalfWidth,
                         base_x + uy * kHalfWidth, base_y - ux * kHalfWidth));
}

Markup shape_of(const Shape& shape) {
  switch (shape.kind) {
    case Shape::Kind::kBox:
      return element(
          "rect", "",
          fmt::format("x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" {}", shape.x,
                      shape.y, shape.to_x - shape.x, shape.to_y - shape.y, stroke(shape)));
    case Shape::Kind::kLine:
      return line(shape);
    case Shape::Kind::kArrow:
      return arrow(shape);
    case Shape::Kind::kText:
      return element("text", shape.text,
                     fmt::format("x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:.1f}\" fill=\"#111\" "
                                 "text-anchor=\"{}\"{}",
                                 shape.x, shape.y, shape.size, anchor(shape.anchor),
                                 shape.bold ? " font-weight=\"bold\"" : ""));
  }
  return {};
}

std::string_view title_of(std::string_view description) {
  return description.substr(0, description.find_first_of(":\n"));
}

}  // namespace

Markup drawn(const Picture& picture) {
  Markup content = element("title", title_of(picture.description));
  for (const Shape& shape : picture.shapes) content += shape_of(shape);
  const std::string attributes = fmt::format(
      "role=\"img\" viewBox=\"0 0 {:.0f} {:.0f}\" width=\"{:.0f}\" height=\"{:.0f}\"",
      picture.width, picture.height, picture.width * kPixelsAPoint, picture.height * kPixelsAPoint);
  return element("figure",
                 element("svg", content, attributes) + element("figcaption", picture.description));
}

}  // namespace heyan::report
