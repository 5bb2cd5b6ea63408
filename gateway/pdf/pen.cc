#include "gateway/pdf/pen.h"

#include <fmt/format.h>

#include "gateway/pdf/words.h"

namespace heyan::pdf {
namespace {

constexpr double kFramePadding = 7;
constexpr double kFootSize = 7;

}  // namespace

Pen::Pen(const Fonts& fonts, catalogue::Language language, cairo_t* paper, Foot foot)
    : typesetter_(std::make_shared<const Typesetter>(fonts, language)),
      language_(language),
      paper_(paper),
      foot_(std::move(foot)) {}

Pen Pen::trial() const {
  Pen other = *this;
  other.paper_ = nullptr;
  other.page_ = 1;
  other.y_ = kTop;
  other.frames_.clear();
  other.tags_.clear();
  return other;
}

void Pen::skip(double height) {
  if (!at_top()) y_ += height;
}

void Pen::need(double height) {
  if (!at_top() && !has_room(height)) new_page();
}

void Pen::new_page() {
  std::vector<const char*> open;
  open.swap(tags_);
  if (paper_ != nullptr) {
    for (std::size_t i = open.size(); i-- > 0;) cairo_tag_end(paper_, open[i]);
  }
  finish();
  ++page_;
  y_ = kTop;
  for (const char* tag : open) begin(tag);
  for (Frame& frame : frames_) {
    frame.top = y_;
    y_ += kFramePadding;
  }
}

void Pen::finish() {
  close_frames();
  show_foot();
  if (paper_ != nullptr) cairo_show_page(paper_);
}

void Pen::flow(const Text& text, double indent) {
  for (std::size_t i = 0; i < text.lines().size(); ++i) {
    const Text::Line& line = text.lines()[i];
    need(line.height);
    show(text, i, left_ + indent, y_ + line.ascent);
    y_ += line.height;
  }
}

void Pen::show(const Text& text, std::size_t line, double x, double y) const {
  if (paper_ != nullptr) text.show(paper_, line, x, y);
}

void Pen::rule(double x, double y, double to_x, double to_y, double width) const {
  if (paper_ == nullptr) return;
  cairo_set_line_width(paper_, width);
  cairo_move_to(paper_, x, y);
  cairo_line_to(paper_, to_x, to_y);
  cairo_stroke(paper_);
}

void Pen::begin(const char* tag) {
  tags_.push_back(tag);
  if (paper_ != nullptr) cairo_tag_begin(paper_, tag, "");
}

void Pen::end() {
  if (paper_ != nullptr) cairo_tag_end(paper_, tags_.back());
  tags_.pop_back();
}

Pen::Indent::Indent(Pen& pen, double left, double right) : pen_(pen), left_(left), right_(right) {
  pen_.left_ += left_;
  pen_.width_ -= left_ + right_;
}

Pen::Indent::~Indent() {
  pen_.left_ -= left_;
  pen_.width_ += left_ + right_;
}

void Pen::begin_frame() {
  frames_.push_back({.top = y_, .left = left_, .right = left_ + width_});
  y_ += kFramePadding;
}

void Pen::end_frame() {
  const Frame frame = frames_.back();
  frames_.pop_back();
  y_ += kFramePadding;
  if (paper_ == nullptr) return;
  cairo_set_line_width(paper_, kLineWidth);
  cairo_rectangle(paper_, frame.left, frame.top, frame.right - frame.left, y_ - frame.top);
  cairo_stroke(paper_);
}

// Open at the bottom: it goes on.
void Pen::close_frames() const {
  for (const Frame& frame : frames_) {
    rule(frame.left, frame.top, frame.left, kBottom);
    rule(frame.right, frame.top, frame.right, kBottom);
  }
}

// No element holds it: a reader by ear does not hear it on every page.
void Pen::show_foot() const {
  const double top = kBottom + 14;
  rule(kMargin, top, kPageWidth - kMargin, top);
  if (paper_ == nullptr) return;
  const auto word = [this](const catalogue::Text& text) { return text.in(language_); };
  const auto line = [&](std::string text, report::Span::Kind kind, double y, bool right) {
    const Text made(*typesetter_, {{std::move(text), kind}}, {.size = kFootSize}, -1);
    const double x = right ? kPageWidth - kMargin - made.width() : kMargin;
    show(made, 0, x, y + made.lines().front().ascent);
  };
  std::string number = fmt::format("{} {}", word(foot_.name), foot_.number);
  if (foot_.draft) number += fmt::format("    {}", word(kDraftMark));
  line(std::move(number), report::Span::Kind::kPlain, top + 4, false);
  line(fmt::format(fmt::runtime(word(kPageOf)), page_, foot_.pages), report::Span::Kind::kPlain,
       top + 4, true);
  line(fmt::format("SHA-256 {}", foot_.digest), report::Span::Kind::kCode, top + 15, false);
}

}  // namespace heyan::pdf
