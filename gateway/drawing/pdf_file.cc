#include "gateway/drawing/pdf_file.h"

#include <cairo.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>

namespace heyan::drawing {
namespace {

using v1::DrawFault;

constexpr double kPointsAnInch = 72;

struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, DestroySurface>;

// What Poppler minds in a file is nobody's to read: it goes on, or there is no picture.
void keep_silent(const std::string& /*message*/, void* /*closure*/) {}

cairo_status_t append(void* to, const unsigned char* bytes, unsigned count) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

// The resolution at which a page of that size in points is so wide; 0: it has no size.
double dots_an_inch(double width, double height, int wanted) {
  if (!std::isfinite(width) || !std::isfinite(height) || width <= 0 || height <= 0) return 0;
  const double longer = std::max(width, height);
  const double asked = wanted > 0 ? wanted / width : kUsualPixels / longer;
  return std::min(kMostDotsAnInch, kPointsAnInch * std::min(asked, kMostPixels / longer));
}

// Turned pages are as wide as their box is high.
bool is_turned(const poppler::page& page) {
  const auto orientation = page.orientation();
  return orientation == poppler::page::landscape || orientation == poppler::page::seascape;
}

std::expected<std::string, DrawFault> encode(poppler::image& image) {
  // Poppler's picture has four bytes a pixel in the order of Cairo's RGB24.
  const Surface surface(cairo_image_surface_create_for_data(
      reinterpret_cast<unsigned char*>(image.data()), CAIRO_FORMAT_RGB24, image.width(),
      image.height(), image.bytes_per_row()));
  std::string png;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &png) != CAIRO_STATUS_SUCCESS) {
    return std::unexpected(v1::DRAW_FAULT_UNREADABLE);
  }
  return png;
}

}  // namespace

// Poppler reads the bytes while it draws.
struct PdfFile::Document {
  core::Bytes bytes;
  std::unique_ptr<poppler::document> poppler;
};

PdfFile::PdfFile(std::unique_ptr<Document> document) : document_(std::move(document)) {}
PdfFile::PdfFile(PdfFile&& other) noexcept = default;
PdfFile& PdfFile::operator=(PdfFile&& other) noexcept = default;
PdfFile::~PdfFile() = default;

std::expected<PdfFile, DrawFault> PdfFile::open(core::ByteView file) {
  if (file.size() > kMostFileBytes) return std::unexpected(v1::DRAW_FAULT_LIMIT);
  poppler::set_debug_error_function(keep_silent, nullptr);
  auto document = std::make_unique<Document>();
  document->bytes.assign(file.begin(), file.end());
  document->poppler.reset(poppler::document::load_from_raw_data(
      reinterpret_cast<const char*>(document->bytes.data()), static_cast<int>(file.size())));
  if (!document->poppler) return std::unexpected(v1::DRAW_FAULT_UNREADABLE);
  if (document->poppler->is_locked()) return std::unexpected(v1::DRAW_FAULT_PASSWORD);
  const int pages = document->poppler->pages();
  if (pages < 1) return std::unexpected(v1::DRAW_FAULT_UNREADABLE);
  if (pages > kMostPages) return std::unexpected(v1::DRAW_FAULT_LIMIT);
  return PdfFile(std::move(document));
}

int PdfFile::pages() const { return document_->poppler->pages(); }

std::expected<std::string, DrawFault> PdfFile::draw(int number, int width) const {
  if (number < 1 || number > pages()) return std::unexpected(v1::DRAW_FAULT_NO_SUCH_PAGE);
  const std::unique_ptr<poppler::page> page(document_->poppler->create_page(number - 1));
  if (!page) return std::unexpected(v1::DRAW_FAULT_UNREADABLE);
  const poppler::rectf box = page->page_rect(poppler::crop_box);
  const double resolution = is_turned(*page) ? dots_an_inch(box.height(), box.width(), width)
                                             : dots_an_inch(box.width(), box.height(), width);
  if (resolution == 0) return std::unexpected(v1::DRAW_FAULT_UNREADABLE);
  poppler::page_renderer renderer;
  renderer.set_render_hints(poppler::page_renderer::antialiasing |
                            poppler::page_renderer::text_antialiasing);
  poppler::image image = renderer.render_page(page.get(), resolution, resolution);
  if (!image.is_valid() || image.format() != poppler::image::format_argb32 || image.width() < 1 ||
      image.height() < 1) {
    return std::unexpected(v1::DRAW_FAULT_UNREADABLE);
  }
  return encode(image);
}

}  // namespace heyan::drawing
