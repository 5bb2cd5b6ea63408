#include <algorithm>

#include "gateway/pdf/room.h"
#include "gateway/pdf/words.h"

namespace heyan::pdf {
namespace {

using report::Block;
using report::List;
using report::Paragraph;
using Item = std::vector<Block>;

constexpr double kItemIndent = 16;
constexpr double kBriefSize = 10;  // of a verdict

Text mark_of(const Pen& pen, const List& list, std::size_t index, double size) {
  const std::string mark = list.numbered ? std::to_string(index + 1) + "." : "•";
  return {pen.typesetter(), {{mark, report::Span::Kind::kPlain}}, {.size = size}, -1};
}

const Paragraph* paragraph_of(const Block& block, Paragraph::Role role) {
  const auto* found = std::get_if<Paragraph>(&block.content);
  return found != nullptr && found->role == role ? found : nullptr;
}

bool is_brief(const Item& item) {
  return item.size() == 2 && paragraph_of(item[0], Paragraph::Role::kVerdict) != nullptr &&
         paragraph_of(item[1], Paragraph::Role::kSmall) != nullptr;
}

bool is_brief(const List& list) {
  return std::ranges::all_of(list.items, [](const Item& item) { return is_brief(item); });
}

// As large as the words that it stands before, on the same base line.
double mark_size(const List& list, std::size_t index) {
  if (is_brief(list)) return kBriefSize;
  const Item& item = list.items[index];
  const auto* first = item.empty() ? nullptr : std::get_if<Paragraph>(&item.front().content);
  return first == nullptr ? kBodySize : style_of(first->role).size;
}

double inset_of(const Pen& pen, const List& list) {
  const std::size_t last = list.items.size() - 1;
  return std::max(kItemIndent, mark_of(pen, list, last, mark_size(list, last)).width() + 5);
}

// An item as it begins: its mark, and as much as must stand beside it.
double room_for_item(const Pen& pen, const List& list, std::size_t index, double inset) {
  Pen within = pen;
  const Pen::Indent indent(within, inset, 0);
  return std::max(mark_of(pen, list, index, mark_size(list, index)).height(),
                  room_to_begin(within, list.items[index]));
}

void put_items(Pen& pen, const List& list) {
  const double inset = inset_of(pen, list);
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const Text mark = mark_of(pen, list, i, mark_size(list, i));
    pen.need(room_for_item(pen, list, i, inset));
    pen.begin("LI");
    pen.begin("Lbl");
    pen.show(mark, 0, pen.left(), pen.y() + mark.lines().front().ascent);
    pen.end();
    pen.begin("LBody");
    {
      const Pen::Indent indent(pen, inset, 0);
      put_blocks(pen, list.items[i]);
    }
    pen.end();
    pen.end();
  }
}

// A verdict in smaller letters than elsewhere, and close beneath it what it is of: never beside it,
// since that is declared, and could read like a verdict (security decision 20).
class Brief {
 public:
  Brief(Pen& pen, const List& list) : pen_(pen), list_(list), inset_(inset_of(pen, list)) {}

  double room() const {
    return row(0).height() + (list_.items.size() == 1 ? 0 : continued().height());
  }

  void put() {
    for (std::size_t i = 0; i < list_.items.size(); ++i) {
      const Row next = row(i);
      const Text more = continued();
      const bool last = i + 1 == list_.items.size();
      if (i > 0 && !pen_.has_room(next.height() + (last ? 0 : more.height()))) turn_page(more);
      put(next);
    }
  }

 private:
  static constexpr double kBriefGap = 1.5;

  struct Row {
    Text mark;
    Text verdict;
    Text about;
    double height() const { return verdict.height() + about.height() + kBriefGap; }
  };

  Row row(std::size_t index) const {
    const auto text = [&](std::size_t block, const Style& style) {
      const auto& paragraph = std::get<Paragraph>(list_.items[index][block].content);
      return Text(pen_.typesetter(), paragraph.text, style, pen_.width() - inset_);
    };
    return {.mark = mark_of(pen_, list_, index, kBriefSize),
            .verdict = text(0, {.size = kBriefSize, .bold = true}),
            .about = text(1, {.size = kSmallSize})};
  }

  Text continued() const {
    return {pen_.typesetter(),
            {{std::string(kContinued.in(pen_.language())), report::Span::Kind::kPlain}},
            {.size = kSmallSize},
            pen_.width()};
  }

  void turn_page(const Text& more) {
    pen_.end();  // of the list: the line is none of its items
    pen_.begin("P");
    pen_.flow(more);
    pen_.end();
    pen_.new_page();
    pen_.begin("L");
  }

  void put(const Row& row) {
    pen_.need(row.height());
    pen_.begin("LI");
    pen_.begin("Lbl");
    pen_.show(row.mark, 0, pen_.left(), pen_.y() + row.mark.lines().front().ascent);
    pen_.end();
    pen_.begin("LBody");
    for (const Text* text : {&row.verdict, &row.about}) {
      pen_.begin("P");
      pen_.flow(*text, inset_);
      pen_.end();
    }
    pen_.end();
    pen_.end();
    pen_.skip(kBriefGap);
  }

  Pen& pen_;
  const List& list_;
  double inset_;
};

}  // namespace

double room_for(const Pen& pen, const List& list) {
  if (list.items.empty()) return 0;
  Pen within = pen;
  if (is_brief(list)) return Brief(within, list).room();
  return room_for_item(within, list, 0, inset_of(pen, list));
}

void put_list(Pen& pen, const List& list) {
  if (list.items.empty()) return;
  pen.begin("L");
  if (is_brief(list)) {
    Brief(pen, list).put();
  } else {
    put_items(pen, list);
  }
  pen.end();
}

}  // namespace heyan::pdf
