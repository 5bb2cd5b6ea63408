// Pages of a party's PDF as pictures: the only place that names Poppler.
//
// Threat: the file is anybody's, and Poppler is large. So this runs in a sandboxed child, where
// what the file makes of it is bounded, and a file that ends the child has no picture. Nothing in
// the file acts: scripts, links, forms and embedded files are not run or followed. A picture shows
// what this library finds in the file; another program may find something else in it, so nothing
// of a verdict rests on one. Bounded here: the file, how many pages, and the pixels of a picture.
// One thread.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "heyan/v1/drawing.pb.h"
#include "verifier/core/bytes.h"

namespace heyan::drawing {

inline constexpr std::size_t kMostFileBytes = 128u << 20;
inline constexpr int kMostPages = 10'000;
// Of the longer side: A4 at 300 dots an inch, which no page is drawn beyond; and where nobody asks
// for a width, half of that.
inline constexpr int kMostPixels = 3'508;
inline constexpr int kUsualPixels = 1'754;
inline constexpr double kMostDotsAnInch = 300;

class PdfFile {
 public:
  // DRAW_FAULT_UNREADABLE, _PASSWORD, _LIMIT.
  static std::expected<PdfFile, v1::DrawFault> open(core::ByteView file);
  PdfFile(PdfFile&& other) noexcept;
  PdfFile& operator=(PdfFile&& other) noexcept;
  ~PdfFile();

  int pages() const;
  // PNG of the page with that number, from 1: as its crop box shows it, on white, that many pixels
  // wide or as near as the bounds above let it be; 0: as is usual. DRAW_FAULT_NO_SUCH_PAGE,
  // _UNREADABLE.
  std::expected<std::string, v1::DrawFault> draw(int number, int width = 0) const;

 private:
  struct Document;
  explicit PdfFile(std::unique_ptr<Document> document);
  std::unique_ptr<Document> document_;
};

}  // namespace heyan::drawing
