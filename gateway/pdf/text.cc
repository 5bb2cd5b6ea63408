#include "gateway/pdf/text.h"

#include <cstdint>

#include "gateway/pdf/fonts_map.h"

namespace heyan::pdf {
namespace {

using report::Span;

constexpr double kSmaller = 0.88;        // what stands beside words
constexpr double kCodeSize = 0.78;       // a digest of 64 digits is one line of a table
constexpr std::uint16_t kGrey = 0x5000;  // still 8 : 1 against white

constexpr double kSize = 10;  // of everything, before it is drawn

int units(double points) { return static_cast<int>(points * PANGO_SCALE); }

DescriptionPtr description(const char* family, bool bold) {
  DescriptionPtr made(pango_font_description_new());
  pango_font_description_set_family_static(made.get(), family);
  pango_font_description_set_size(made.get(), units(kSize));
  pango_font_description_set_weight(made.get(), bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  return made;
}

// Smaller words behind others, not a part of them.
bool stands_apart(const Span& span) {
  return span.kind == Span::Kind::kTag || span.kind == Span::Kind::kDeclared;
}

class Attributes {
 public:
  Attributes() : list_(pango_attr_list_new()) {}
  PangoAttrList* get() const { return list_.get(); }

  void mark_all(const PangoLanguage* language, std::size_t size) {
    // A hyphen at the end of a line could be taken for a part of a name.
    add(pango_attr_insert_hyphens_new(FALSE), 0, size);
    // Quotation marks as wide as an ideograph tear English apart.
    if (language == pango_language_from_string("en")) {
      add(pango_attr_font_features_new("pwid"), 0, size);
    }
  }
  void mark(const Span& span, std::size_t from, std::size_t to) {
    switch (span.kind) {
      case Span::Kind::kPlain:
      case Span::Kind::kTold:
        break;
      case Span::Kind::kStrong:
      case Span::Kind::kSymbol:
        add(pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, to);
        break;
      case Span::Kind::kCode:
        add(pango_attr_family_new(kCodeFamily), from, to);
        add(pango_attr_font_features_new("pwid=0"), from, to);
        add(pango_attr_size_new(units(kSize * kCodeSize)), from, to);
        break;
      case Span::Kind::kDeclared:
      case Span::Kind::kTag:
        add(pango_attr_size_new(units(kSize * kSmaller)), from, to);
        add(pango_attr_foreground_new(kGrey, kGrey, kGrey), from, to);
        break;
    }
  }

 private:
  void add(PangoAttribute* attribute, std::size_t from, std::size_t to) {
    attribute->start_index = static_cast<guint>(from);
    attribute->end_index = static_cast<guint>(to);
    pango_attr_list_insert(list_.get(), attribute);
  }
  AttributesPtr list_;
};

}  // namespace

Typesetter::Typesetter(const Fonts& fonts, catalogue::Language language)
    : context_(pango_font_map_create_context(fonts.map().pango.get())) {
  const bool chinese = language == catalogue::Language::kChinese;
  pango_context_set_language(context_.get(), pango_language_from_string(chinese ? "zh-cn" : "en"));
  pango_context_set_base_dir(context_.get(), PANGO_DIRECTION_LTR);
  // Lines fall the same way at every size: positions are not rounded to a screen's pixels.
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
}

Text::Text(const Typesetter& typesetter, const report::Spans& spans, const Style& style,
           double width)
    : scale_(style.size / kSize), layout_(pango_layout_new(typesetter.context())) {
  std::string all;
  Attributes attributes;
  for (const Span& span : spans) {
    if (stands_apart(span) && !all.empty() && !all.ends_with(' ')) all += ' ';
    const std::size_t from = all.size();
    all += span.text;
    attributes.mark(span, from, all.size());
  }
  attributes.mark_all(pango_context_get_language(typesetter.context()), all.size());
  const DescriptionPtr font = description(kFamily, style.bold);
  pango_layout_set_font_description(layout_.get(), font.get());
  pango_layout_set_auto_dir(layout_.get(), FALSE);
  pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width(layout_.get(), width < 0 ? -1 : units(width / scale_));
  pango_layout_set_text(layout_.get(), all.data(), static_cast<int>(all.size()));
  pango_layout_set_attributes(layout_.get(), attributes.get());
  for (const GSList* at = pango_layout_get_lines_readonly(layout_.get()); at != nullptr;
       at = at->next) {
    PangoRectangle box;
    pango_layout_line_get_extents(static_cast<PangoLayoutLine*>(at->data), nullptr, &box);
    lines_.push_back({.ascent = -static_cast<double>(box.y) * scale_ / PANGO_SCALE,
                      .height = static_cast<double>(box.height) * scale_ / PANGO_SCALE});
  }
}

double Text::height() const {
  double sum = 0;
  for (const Line& line : lines_) sum += line.height;
  return sum;
}

double Text::width() const {
  PangoRectangle box;
  pango_layout_get_extents(layout_.get(), nullptr, &box);
  return static_cast<double>(box.width) * scale_ / PANGO_SCALE;
}

void Text::show(cairo_t* paper, std::size_t line, double x, double y) const {
  cairo_save(paper);
  cairo_translate(paper, x, y);
  cairo_scale(paper, scale_, scale_);
  cairo_move_to(paper, 0, 0);
  pango_cairo_show_layout_line(
      paper, pango_layout_get_line_readonly(layout_.get(), static_cast<int>(line)));
  cairo_restore(paper);
}

}  // namespace heyan::pdf
