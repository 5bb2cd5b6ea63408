// Where the next thing goes: down the page, then on to the next. For the .cc files of this folder
// only.
//
// Everything is laid out twice: first on no paper, to learn how many pages there are, which every
// foot names; then drawn. So memory does not grow with the number of pages. Lengths in points, y
// downwards.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateway/pdf/text.h"

namespace heyan::pdf {

inline constexpr double kPageWidth = 595.276;  // A4
inline constexpr double kPageHeight = 841.89;
inline constexpr double kMargin = 54;
inline constexpr double kTop = 50;
inline constexpr double kBottom = kPageHeight - 64;  // what stands on the page ends here
inline constexpr double kLineWidth = 0.6;
inline constexpr int kMostPages = 5'000;

struct Foot {
  catalogue::Text name;  // of the number
  std::string number;
  std::string digest;  // of the payload, hex
  bool draft = false;
  int pages = 0;  // 0: not known yet
};

class Pen {
 public:
  // `paper` null: nothing is drawn.
  Pen(const Fonts& fonts, catalogue::Language language, cairo_t* paper, Foot foot);

  const Typesetter& typesetter() const { return *typesetter_; }
  cairo_t* paper() const { return paper_; }
  catalogue::Language language() const { return language_; }
  int page() const { return page_; }
  double y() const { return y_; }
  double left() const { return left_; }
  double width() const { return width_; }
  bool at_top() const { return y_ <= kTop + 0.01; }
  bool has_room(double height) const { return y_ + height <= kBottom; }
  bool too_long() const { return page_ > kMostPages; }

  void skip(double height);           // white space, none at the top of a page
  void need(double height);           // on to the next page unless there is so much room
  void move_to(double y) { y_ = y; }  // on this page
  void new_page();
  void finish();  // the last page
  // Another at the top of a page, as wide and as far in, that draws nothing: to learn how high
  // something is.
  Pen trial() const;

  // All lines of a text, over as many pages as it takes; `indent` from the left.
  void flow(const Text& text, double indent = 0);
  void show(const Text& text, std::size_t line, double x, double y) const;
  void rule(double x, double y, double to_x, double to_y, double width = kLineWidth) const;

  // Structure: what is shown between them belongs to an element of that name ("P", "TD"). One that
  // is open at the end of a page ends there, and another begins on the next: what stands at the
  // foot belongs to none.
  void begin(const char* tag);
  void end();

  // What is laid out until the guard goes stands further in.
  class Indent {
   public:
    Indent(Pen& pen, double left, double right);
    ~Indent();
    Indent(const Indent&) = delete;
    Indent& operator=(const Indent&) = delete;

   private:
    Pen& pen_;
    double left_;
    double right_;
  };
  // A frame around what is laid out until it ends; goes on on the next page.
  void begin_frame();
  void end_frame();

 private:
  struct Frame {
    double top = 0;
    double left = 0;
    double right = 0;
  };
  void show_foot() const;
  void close_frames() const;

  std::shared_ptr<const Typesetter> typesetter_;
  catalogue::Language language_;
  cairo_t* paper_;
  Foot foot_;
  int page_ = 1;
  double y_ = kTop;
  double left_ = kMargin;
  double width_ = kPageWidth - 2 * kMargin;
  std::vector<Frame> frames_;
  std::vector<const char*> tags_;  // open, outermost first
};

}  // namespace heyan::pdf
