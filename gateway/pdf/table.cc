#include <algorithm>
#include <deque>
#include <numeric>

#include "gateway/pdf/room.h"

namespace heyan::pdf {
namespace {

using report::Spans;
using report::Table;

constexpr double kPadding = 4;
constexpr Style kCell{.size = 8.6};
constexpr Style kHead{.size = 8.6, .bold = true};
constexpr std::size_t kMeasuredRows = 64;  // enough to see how wide a column is

Spans plain(const std::string& text) { return {{text, report::Span::Kind::kPlain}}; }

double natural_width(const Pen& pen, const Spans& spans, const Style& style) {
  return Text(pen.typesetter(), spans, style, -1).width() + 2 * kPadding + 1;
}

// Each column as wide as it would like to be; where that is too much, the wide ones share what the
// narrow ones leave. What is over goes to the last.
std::vector<double> column_widths(const Pen& pen, const Table& table) {
  std::vector<double> wanted;
  for (const std::string& name : table.columns) {
    wanted.push_back(natural_width(pen, plain(name), kHead));
  }
  const std::size_t rows = std::min(table.rows.size(), kMeasuredRows);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < std::min(wanted.size(), table.rows[row].size()); ++i) {
      wanted[i] = std::max(wanted[i], natural_width(pen, table.rows[row][i], kCell));
    }
  }
  std::vector<double> widths(wanted.size(), 0);
  std::vector<bool> settled(wanted.size(), false);
  double left = pen.width();
  for (std::size_t open = wanted.size(); open > 0;) {
    const double share = left / static_cast<double>(open);
    std::size_t found = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (settled[i] || wanted[i] > share) continue;
      settled[i] = true;
      widths[i] = wanted[i];
      left -= wanted[i];
      ++found;
    }
    open -= found;
    if (found != 0) continue;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (!settled[i]) widths[i] = share;
    }
    left = 0;
    break;
  }
  if (!widths.empty()) widths.back() += std::max(0.0, left);
  return widths;
}

class Laying {
 public:
  Laying(Pen& pen, const Table& table)
      : pen_(pen), table_(table), widths_(column_widths(pen, table)) {
    std::vector<Spans> names;
    for (const std::string& name : table_.columns) names.push_back(plain(name));
    head_ = cells_of(names, kHead);
  }

  // The caption, the names of the columns and the first row, or the beginning of a long one.
  double room() const {
    const std::deque<Text> first =
        table_.rows.empty() ? std::deque<Text>() : cells_of(table_.rows.front(), kCell);
    const double caption = table_.caption.empty() ? 0 : caption_of().height() + kCaptionGap;
    return caption + height_of(head_) + std::min(height_of(first), kMostTogether);
  }

  void run() {
    pen_.need(room());
    put_caption();
    pen_.begin("Table");
    put_head();
    for (const std::vector<Spans>& row : table_.rows) {
      if (pen_.too_long()) break;
      put_row(cells_of(row, kCell));
    }
    pen_.end();
    pen_.skip(6);
  }

 private:
  static constexpr double kMostTogether = 120;
  static constexpr double kCaptionGap = 2;

  Text caption_of() const {
    return {pen_.typesetter(), plain(table_.caption), kHead, pen_.width()};
  }

  void put_caption() {
    if (table_.caption.empty()) return;
    pen_.begin("P");
    pen_.flow(caption_of());
    pen_.end();
    pen_.skip(kCaptionGap);
  }

  std::deque<Text> cells_of(const std::vector<Spans>& row, const Style& style) const {
    std::deque<Text> cells;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      cells.emplace_back(pen_.typesetter(), i < row.size() ? row[i] : Spans(), style,
                         std::max(widths_[i] - 2 * kPadding, 12.0));
    }
    return cells;
  }

  static double height_of(const std::deque<Text>& cells) {
    double most = 0;
    for (const Text& cell : cells) most = std::max(most, cell.height());
    return most + 2 * kRowPadding;
  }

  void put_head() {
    const double height = height_of(head_);
    if (pen_.paper() != nullptr) {
      cairo_set_source_rgb(pen_.paper(), 0.92, 0.92, 0.92);
      cairo_rectangle(pen_.paper(), pen_.left(), pen_.y(), pen_.width(), height);
      cairo_fill(pen_.paper());
      cairo_set_source_rgb(pen_.paper(), 0, 0, 0);
    }
    std::vector<std::size_t> from(head_.size(), 0);
    put_slice(head_, from, height, true);
  }

  // Whole where it fits on a page; one that is longer than a page goes on on the next.
  void put_row(const std::deque<Text>& cells) {
    double height = height_of(cells);
    std::vector<std::size_t> from(cells.size(), 0);
    if (!pen_.has_room(height) && !just_begun_) turn_page();
    while (!pen_.has_room(height)) {
      if (!put_slice(cells, from, kBottom - pen_.y(), false)) break;
      turn_page();
      height = rest_of(cells, from);
    }
    put_slice(cells, from, height, false);
  }

  void turn_page() {
    pen_.new_page();
    put_head();
  }

  static double rest_of(const std::deque<Text>& cells, const std::vector<std::size_t>& from) {
    double most = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      double sum = 0;
      for (std::size_t j = from[i]; j < cells[i].lines().size(); ++j) {
        sum += cells[i].lines()[j].height;
      }
      most = std::max(most, sum);
    }
    return most + 2 * kRowPadding;
  }

  // The lines that fit into `height`; `from` moves past them. False: not one did.
  bool put_slice(const std::deque<Text>& cells, std::vector<std::size_t>& from, double height,
                 bool head) {
    const double top = pen_.y();
    double x = pen_.left();
    bool any = false;
    pen_.begin("TR");
    for (std::size_t i = 0; i < cells.size(); ++i) {
      pen_.begin(head || i == 0 ? "TH" : "TD");
      double y = top + kRowPadding;
      const auto& lines = cells[i].lines();
      while (from[i] < lines.size() &&
             y + lines[from[i]].height <= top + height - kRowPadding + 0.01) {
        pen_.show(cells[i], from[i], x + kPadding, y + lines[from[i]].ascent);
        y += lines[from[i]].height;
        ++from[i];
        any = true;
      }
      pen_.end();
      x += widths_[i];
    }
    pen_.end();
    pen_.move_to(top + height);
    pen_.rule(pen_.left(), pen_.y(), pen_.left() + pen_.width(), pen_.y(),
              head ? 0.9 : kLineWidth / 2);
    just_begun_ = head;
    return any;
  }

  static constexpr double kRowPadding = 2.5;

  Pen& pen_;
  const Table& table_;
  std::vector<double> widths_;
  std::deque<Text> head_;
  bool just_begun_ = true;  // nothing but the names of the columns stands on this page
};

}  // namespace

double room_for(const Pen& pen, const Table& table) {
  Pen within = pen;
  return table.columns.empty() ? 0 : Laying(within, table).room();
}

void put_table(Pen& pen, const Table& table) {
  if (!table.columns.empty()) Laying(pen, table).run();
}

}  // namespace heyan::pdf
