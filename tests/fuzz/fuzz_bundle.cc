// Bundles from any bytes: what opens is, byte for byte, what is written of its parts.
#include <cstdlib>

#include "gateway/bundle/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const heyan::core::ByteView file(data, size);
  const auto opened = heyan::bundle::open(file);
  if (!opened) return 0;
  const auto written = heyan::bundle::write(opened->bundle);
  if (!written || *written != heyan::core::as_text(file)) std::abort();
  static_cast<void>(
      heyan::bundle::check_bonds(*opened, heyan::core::as_bytes(opened->bundle.payload)));
  if (opened->bundle.is_partys()) static_cast<void>(heyan::bundle::rejudge_excerpt(*opened));
  return 0;
}
