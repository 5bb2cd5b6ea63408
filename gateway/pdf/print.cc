#include "gateway/pdf/print.h"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <utility>

#include "gateway/pdf/room.h"
#include "gateway/pdf/words.h"

namespace heyan::pdf {
namespace {

using core::ErrorCode;
using core::Result;
using report::Block;
using report::Document;
using report::Heading;

cairo_status_t append(void* to, const unsigned char* bytes, unsigned int count) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

std::string plain_text(const report::Spans& spans) {
  std::string all;
  for (const report::Span& span : spans) all += span.text;
  return all;
}

// The outline: titles, sections and parts, each beneath what stands above it.
class Outline {
 public:
  explicit Outline(cairo_surface_t* surface) : surface_(surface) {}

  void add(const Heading& heading, int page, double y) {
    if (surface_ == nullptr || heading.level > kDeepest) return;
    const auto level = static_cast<std::size_t>(std::max(1, heading.level));
    std::fill(above_.begin() + static_cast<std::ptrdiff_t>(level), above_.end(), above_[level - 1]);
    const int parent = above_[level - 1];
    const std::string place = fmt::format("page={} pos=[{:.2f} {:.2f}]", page, kMargin, y);
    const int made = cairo_pdf_surface_add_outline(
        surface_, parent, plain_text(heading.text).c_str(), place.c_str(),
        heading.level < kDeepest ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t{});
    std::fill(above_.begin() + static_cast<std::ptrdiff_t>(level), above_.end(), made);
  }

 private:
  static constexpr int kDeepest = 3;
  cairo_surface_t* surface_;
  std::array<int, kDeepest + 1> above_{};  // by level: the entry that the next level stands beneath
};

class Printing {
  static constexpr double kLookBack = 40;  // from below a heading to above it

 public:
  Printing(const Document& document, const PrintOptions& options, const Fonts& fonts)
      : document_(document), options_(options), fonts_(fonts) {}

  // The number of pages; kLimit.
  Result<int> run(cairo_surface_t* surface, cairo_t* paper, int pages) const {
    Pen pen(fonts_, document_.language, paper,
            {.name = is_receipt() ? kReceiptNumber : kReportNumber,
             .number = document_.number,
             .digest = document_.payload_digest,
             .draft = !is_receipt() && options_.statement.empty(),
             .pages = pages});
    Outline outline(surface);
    bool begun = false;  // the title, and beneath it how to check this file
    for (const report::Section& section : document_.sections) {
      if (section.new_page && !pen.at_top()) pen.new_page();
      const std::span<const Block> blocks = section.blocks;
      for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto* heading = std::get_if<Heading>(&blocks[i].content);
        if (heading != nullptr) {
          put_block(pen, blocks[i], blocks.subspan(i + 1));
          // Where it went is known once it is there.
          outline.add(*heading, pen.page(), std::max(kTop, pen.y() - kLookBack));
        }
        if (!std::exchange(begun, true) && !is_receipt()) HEYAN_CHECK_OK(put_head(pen));
        if (heading == nullptr) put_block(pen, blocks[i], {});
      }
      if (pen.too_long()) return core::fail(ErrorCode::kLimit, "more pages than a file may have");
    }
    pen.finish();
    return pen.page();
  }

 private:
  bool is_receipt() const { return options_.kind == PrintOptions::Kind::kReceipt; }

  // The code at the right, what it is for beside it.
  Result<void> put_head(Pen& pen) const {
    const auto word = [this](const catalogue::Text& text) {
      return std::string(text.in(document_.language));
    };
    using report::Paragraph;
    if (options_.statement.empty()) {
      put_paragraph(pen, {.text = {{word(kDraftNotice)}}, .role = Paragraph::Role::kNotice});
      return {};
    }
    const double top = pen.y();
    pen.begin("Figure");
    const double side = put_code(pen, options_.statement, pen.left() + pen.width(), top);
    pen.end();
    if (side == 0) return core::fail(ErrorCode::kLimit, "the statement does not fit into a code");
    {
      const Pen::Indent indent(pen, 0, side + 4);
      put_heading(pen, {.level = 3, .text = {{word(kCheckTitle)}}}, kCompanion);
      put_paragraph(pen, {.text = {{word(kCheckText)}}, .role = Paragraph::Role::kSmall});
      put_paragraph(pen, {.text = {{word(kPayloadDigest)}}, .role = Paragraph::Role::kSmall});
      put_paragraph(pen,
                    {.text = {{in_groups(document_.payload_digest), report::Span::Kind::kCode}}});
    }
    pen.move_to(std::max(pen.y(), top + side));
    pen.skip(4);
    return {};
  }

  static std::string in_groups(std::string_view digest) {
    std::string grouped;
    for (std::size_t i = 0; i < digest.size(); ++i) {
      if (i != 0 && i % 4 == 0) grouped += ' ';
      grouped += digest[i];
    }
    return grouped;
  }

  const Document& document_;
  const PrintOptions& options_;
  const Fonts& fonts_;
};

// As put_picture shows them.
void add_figures(const std::vector<Block>& blocks, Printed& printed) {
  for (const Block& block : blocks) {
    if (const auto* picture = std::get_if<report::Picture>(&block.content)) {
      if (is_shown(*picture)) printed.figures.push_back(picture->description);
    } else if (const auto* group = std::get_if<report::Group>(&block.content)) {
      add_figures(group->blocks, printed);
    } else if (const auto* list = std::get_if<report::List>(&block.content)) {
      for (const std::vector<Block>& item : list->items) add_figures(item, printed);
    }
  }
}

void name(cairo_surface_t* surface, const Document& document, core::UtcTime as_of) {
  const std::string date = core::format_rfc3339(
      core::UtcTime(std::chrono::floor<std::chrono::seconds>(as_of.time_since_epoch())));
  const std::string title = document.title + " " + document.number;
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Heyan");
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date.c_str());
}

}  // namespace

Result<Printed> print(const Document& document, const PrintOptions& options, const Fonts& fonts) {
  const Printing printing(document, options, fonts);
  HEYAN_TRY(const int pages, printing.run(nullptr, nullptr, 0));
  Printed printed;
  const SurfacePtr surface(
      cairo_pdf_surface_create_for_stream(append, &printed.bytes, kPageWidth, kPageHeight));
  name(surface.get(), document, options.as_of);
  const CairoPtr paper(cairo_create(surface.get()));
  HEYAN_TRY(const int drawn, printing.run(surface.get(), paper.get(), pages));
  cairo_surface_finish(surface.get());
  if (cairo_status(paper.get()) != CAIRO_STATUS_SUCCESS ||
      cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS || drawn != pages) {
    return core::fail(ErrorCode::kInternal, "Cairo could not make the pages");
  }
  if (!options.statement.empty()) {
    printed.figures.emplace_back(kCodeDescription.in(document.language));
  }
  for (const report::Section& section : document.sections) add_figures(section.blocks, printed);
  return printed;
}

}  // namespace heyan::pdf
