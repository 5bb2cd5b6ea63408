#include <qrencode.h>

#include <memory>

#include "gateway/pdf/blocks.h"

namespace heyan::pdf {
namespace {

constexpr double kModule = 1.7;  // points: 0.6 mm, which a telephone reads from paper
constexpr int kQuiet = 4;        // modules of white around it (ISO/IEC 18004 6.3.8)

void free_code(QRcode* code) { QRcode_free(code); }

}  // namespace

double put_code(Pen& pen, const std::string& text, double right, double y) {
  // Alphanumeric where the text allows it; a quarter of the code may be worn off and it still
  // reads.
  const std::unique_ptr<QRcode, decltype(&free_code)> code(
      QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), free_code);
  if (!code) return 0;
  const double side = (code->width + 2 * kQuiet) * kModule;
  if (pen.paper() == nullptr) return side;
  const double left = right - side + kQuiet * kModule;
  const double top = y + kQuiet * kModule;
  // Neighbours in a row as one bar: between bars of their own a printer may leave white lines.
  for (int row = 0; row < code->width; ++row) {
    for (int from = 0; from < code->width;) {
      const auto dark = [&](int column) {
        return (code->data[row * code->width + column] & 1) != 0;
      };
      if (!dark(from)) {
        ++from;
        continue;
      }
      int to = from;
      while (to < code->width && dark(to)) ++to;
      cairo_rectangle(pen.paper(), left + from * kModule, top + row * kModule,
                      (to - from) * kModule, kModule);
      from = to;
    }
  }
  cairo_fill(pen.paper());
  return side;
}

}  // namespace heyan::pdf
