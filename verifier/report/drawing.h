// Shapes of a picture, put where they belong. Internal to verifier/report. Values.
//
// Letters are measured by a rough rule (a CJK sign is as wide as the letter is high, others about
// half), so that what is cut fits in whatever font the reader has.
#pragma once

#include <string>
#include <string_view>

#include "verifier/report/document.h"

namespace heyan::report {

double text_width(std::string_view text, double size);
// Cut with "…" to fit.
std::string cut_to(std::string_view text, double width, double size);

class Drawing {
 public:
  struct Box {
    double x;
    double y;
    double width;
    double height;
  };

  void box(const Box& box, bool dashed = false, bool bold = false);
  // A word in the middle of a box; `line` of `lines` beneath one another.
  void word_in(const Box& box, std::string_view text, int line = 0, int lines = 1,
               bool bold = false);
  void line(double x, double y, double to_x, double to_y, bool dashed = false, bool bold = false);
  void arrow(double x, double y, double to_x, double to_y, bool dashed = false);
  void word(double x, double y, std::string_view text, double width,
            Shape::Anchor anchor = Shape::Anchor::kStart, bool bold = false);

  Picture take(std::string description, double height);

 private:
  Shape& add(Shape::Kind kind, double x, double y, double to_x, double to_y);

  Picture picture_;
};

inline constexpr double kLetterSize = 9;

}  // namespace heyan::report
