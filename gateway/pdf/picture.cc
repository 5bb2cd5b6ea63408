#include <algorithm>
#include <cmath>
#include <numbers>

#include "gateway/pdf/room.h"

namespace heyan::pdf {
namespace {

using report::Picture;
using report::Shape;

constexpr double kHeadLength = 6;  // of an arrow
constexpr double kHeadAngle = std::numbers::pi / 7;

void put_arrow_head(cairo_t* paper, const Shape& shape) {
  const double angle = std::atan2(shape.to_y - shape.y, shape.to_x - shape.x);
  cairo_set_dash(paper, nullptr, 0, 0);
  cairo_move_to(paper, shape.to_x, shape.to_y);
  for (const double turn : {kHeadAngle, -kHeadAngle}) {
    cairo_line_to(paper, shape.to_x - kHeadLength * std::cos(angle + turn),
                  shape.to_y - kHeadLength * std::sin(angle + turn));
  }
  cairo_close_path(paper);
  cairo_fill(paper);
}

void put_text(const Pen& pen, const Shape& shape) {
  const Text text(pen.typesetter(), {{shape.text, report::Span::Kind::kPlain}},
                  {.size = shape.size, .bold = shape.bold}, -1);
  const double back = shape.anchor == Shape::Anchor::kStart    ? 0
                      : shape.anchor == Shape::Anchor::kMiddle ? text.width() / 2
                                                               : text.width();
  pen.show(text, 0, shape.x - back, shape.y);
}

void put_shape(const Pen& pen, const Shape& shape) {
  cairo_t* const paper = pen.paper();
  if (shape.kind == Shape::Kind::kText) {
    put_text(pen, shape);
    return;
  }
  const double dash = 3;
  cairo_set_dash(paper, &dash, shape.dashed ? 1 : 0, 0);
  cairo_set_line_width(paper, shape.bold ? 1.6 : 0.8);
  if (shape.kind == Shape::Kind::kBox) {
    cairo_rectangle(paper, shape.x, shape.y, shape.to_x - shape.x, shape.to_y - shape.y);
  } else {
    cairo_move_to(paper, shape.x, shape.y);
    cairo_line_to(paper, shape.to_x, shape.to_y);
  }
  cairo_stroke(paper);
  if (shape.kind == Shape::Kind::kArrow) put_arrow_head(paper, shape);
  cairo_set_dash(paper, nullptr, 0, 0);
}

// One that is larger than what is left of its frame, or than a page, is made smaller.
double scale_of(const Pen& pen, const Picture& picture) {
  return std::min({1.0, pen.width() / picture.width, (kBottom - kTop - 60) / picture.height});
}

}  // namespace

bool is_shown(const Picture& picture) { return picture.width > 0 && picture.height > 0; }

double room_for(const Pen& pen, const Picture& picture) {
  return is_shown(picture) ? picture.height * scale_of(pen, picture) : 0;
}

void put_picture(Pen& pen, const Picture& picture) {
  if (!is_shown(picture)) return;
  const double scale = scale_of(pen, picture);
  pen.need(room_for(pen, picture));
  pen.begin("Figure");
  if (pen.paper() != nullptr) {
    cairo_save(pen.paper());
    cairo_translate(pen.paper(), pen.left(), pen.y());
    cairo_scale(pen.paper(), scale, scale);
    for (const Shape& shape : picture.shapes) put_shape(pen, shape);
    cairo_restore(pen.paper());
  }
  pen.end();
  pen.move_to(pen.y() + picture.height * scale);
  pen.skip(6);
}

}  // namespace heyan::pdf
