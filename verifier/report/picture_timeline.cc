#include <algorithm>

#include "verifier/report/drawing.h"
#include "verifier/report/pictures.h"

namespace heyan::report {
namespace {

constexpr std::size_t kMostBars = 24;
constexpr double kName = 12;  // a name has a line of its own: it is not cut, and no arrow meets it
constexpr double kLine = kName + 14;
constexpr double kHead = 22;
constexpr double kLegend = 22;
constexpr double kLeft = 14;
constexpr double kRight = kPictureWidth - 14;
constexpr double kHalf = 5;  // of the height of an end

struct Span64 {
  std::int64_t from = 0;
  std::int64_t to = 0;
};

std::optional<Span64> span_of(const std::vector<TimeBar>& bars) {
  std::optional<Span64> span;
  const auto take = [&](const std::optional<std::int64_t>& at) {
    if (!at) return;
    if (!span) span = Span64{.from = *at, .to = *at};
    span->from = std::min(span->from, *at);
    span->to = std::max(span->to, *at);
  };
  for (const TimeBar& bar : bars) {
    take(bar.not_before_ms);
    take(bar.not_after_ms);
    take(bar.stated_ms);
  }
  return span;
}

double place(const Span64& span, std::int64_t at) {
  if (span.to == span.from) return (kLeft + kRight) / 2;
  const auto length = static_cast<double>(span.to) - static_cast<double>(span.from);
  const double share = (static_cast<double>(at) - static_cast<double>(span.from)) / length;
  return kLeft + share * (kRight - kLeft);
}

void draw_end(Drawing& drawing, double x, double y) {
  drawing.line(x, y - kHalf, x, y + kHalf, false, true);
}

void draw_stated(Drawing& drawing, double x, double y) {
  drawing.box({.x = x - 4, .y = y - 4, .width = 8, .height = 8}, true);
}

// A known end is a bar across; an unknown one an arrow that goes on.
void draw_bar(Drawing& drawing, const TimeBar& bar, const Span64& span, double y) {
  const auto end = [&](double x) { draw_end(drawing, x, y); };
  if (bar.not_before_ms && bar.not_after_ms) {
    const double from = place(span, *bar.not_before_ms);
    const double to = place(span, *bar.not_after_ms);
    drawing.line(from, y, to, y, false, true);
    end(from);
    end(to);
  } else if (bar.not_after_ms) {
    const double to = place(span, *bar.not_after_ms);
    drawing.arrow(to, y, kLeft - 8, y);
    end(to);
  } else if (bar.not_before_ms) {
    const double from = place(span, *bar.not_before_ms);
    drawing.arrow(from, y, kRight + 10, y);
    end(from);
  }
  if (bar.stated_ms) draw_stated(drawing, place(span, *bar.stated_ms), y);
}

// What the signs mean, each beside its words: "not before |---| not after   unknown <---| not
// after".
void draw_legend(Drawing& drawing, const Draft& draft, double y) {
  constexpr double kSign = 28;
  constexpr double kSpace = 8;
  constexpr double kWider = 1.3;  // letters are measured by a rough rule: no sign meets a word
  double x = 0;
  const auto words = [&](Label name) {
    const std::string text = draft.in(name);
    drawing.word(x, y + 3, text, kPictureWidth - x);
    x += kWider * text_width(text, kLetterSize) + kSpace;
  };
  words(Label::kNotBefore);
  drawing.line(x, y, x + kSign, y, false, true);
  draw_end(drawing, x, y);
  draw_end(drawing, x + kSign, y);
  x += kSign + kSpace;
  words(Label::kNotAfter);
  x += 3 * kSpace;
  words(Label::kUnknownEnd);
  drawing.arrow(x + kSign, y, x, y);
  draw_end(drawing, x + kSign, y);
  x += kSign + kSpace;
  words(Label::kNotAfter);
  x += 3 * kSpace;
  draw_stated(drawing, x + 4, y);
  x += 8 + kSpace;
  words(Label::kStated);
}

std::string day(std::int64_t at_ms) { return rfc3339(at_ms).substr(0, 10); }

}  // namespace

std::optional<Picture> timeline_picture(const Draft& draft, const std::vector<TimeBar>& bars) {
  const std::vector<TimeBar> shown(
      bars.begin(), bars.begin() + static_cast<std::ptrdiff_t>(std::min(bars.size(), kMostBars)));
  const auto span = span_of(shown);
  if (!span) return std::nullopt;
  Drawing drawing;
  drawing.word(kLeft, kLetterSize, day(span->from), kRight - kLeft);
  if (span->to > span->from) {
    drawing.word(kRight, kLetterSize, day(span->to), kRight - kLeft, Shape::Anchor::kEnd);
  }
  drawing.line(kLeft, kHead - 6, kRight, kHead - 6);
  double y = kHead;
  for (const TimeBar& bar : shown) {
    drawing.word(0, y + kLetterSize, bar.name, kPictureWidth);
    draw_bar(drawing, bar, *span, y + kName + kHalf + 1);
    y += kLine;
  }
  draw_legend(drawing, draft, y + kLegend / 2);
  y += kLegend;
  return drawing.take(fmt::format(fmt::runtime(draft.in(Label::kTimelinePicture)), shown.size(),
                                  bars.size(), rfc3339(span->from), rfc3339(span->to)),
                      y);
}

}  // namespace heyan::report
