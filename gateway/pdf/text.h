// A run of words, broken into lines of a width. For the .cc files of this folder only.
//
// Nothing is cut: a word that is longer than a line is broken where the line ends. Everything is
// set at one size and drawn larger or smaller: so there are few fonts, and Fonts::load can bring
// each of them into memory. (Pango looks a new one up in a thread, which a sandboxed child has
// not.)
#pragma once

#include <vector>

#include "gateway/pdf/fonts.h"
#include "gateway/pdf/handles.h"
#include "verifier/report/document.h"

namespace heyan::pdf {

struct Style {
  double size = 9.5;
  bool bold = false;
};

// Makes texts in one language with the fonts it was given.
class Typesetter {
 public:
  Typesetter(const Fonts& fonts, catalogue::Language language);
  PangoContext* context() const { return context_.get(); }

 private:
  ContextPtr context_;
};

class Text {
 public:
  // `width` in points; negative: one line, however long.
  Text(const Typesetter& typesetter, const report::Spans& spans, const Style& style, double width);

  struct Line {
    double ascent = 0;
    double height = 0;
  };
  const std::vector<Line>& lines() const { return lines_; }
  double height() const;
  double width() const;  // of its longest line

  // The line with that number, its base line beginning at (x, y).
  void show(cairo_t* paper, std::size_t line, double x, double y) const;

 private:
  double scale_;  // from what Pango has to the page
  LayoutPtr layout_;
  std::vector<Line> lines_;
};

}  // namespace heyan::pdf
