// A PNG, read by another library than the one that is tested.
#pragma once

#include <cairo.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace heyan::drawing {

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;  // 0xrrggbb

  std::uint32_t middle() const {
    return pixels.at(static_cast<std::size_t>(height / 2) * static_cast<std::size_t>(width) +
                     static_cast<std::size_t>(width / 2));
  }
  // How many are not white.
  long inked() const {
    return static_cast<long>(pixels.size()) - std::count(pixels.begin(), pixels.end(), 0xffffff);
  }
};

inline Picture picture_of(const std::string& png) {
  struct Reading {
    const std::string& from;
    std::size_t at = 0;
  } reading{png};
  cairo_surface_t* const surface = cairo_image_surface_create_from_png_stream(
      [](void* closure, unsigned char* to, unsigned count) {
        auto* const one = static_cast<Reading*>(closure);
        if (one->from.size() - one->at < count) return CAIRO_STATUS_READ_ERROR;
        std::memcpy(to, one->from.data() + one->at, count);
        one->at += count;
        return CAIRO_STATUS_SUCCESS;
      },
      &reading);
  EXPECT_EQ(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
  Picture picture{.width = cairo_image_surface_get_width(surface),
                  .height = cairo_image_surface_get_height(surface),
                  .pixels = {}};
  const int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      std::uint32_t pixel = 0;
      std::memcpy(&pixel,
                  cairo_image_surface_get_data(surface) + std::ptrdiff_t{y} * stride +
                      std::ptrdiff_t{x} * 4,
                  4);
      picture.pixels.push_back(pixel & 0xffffff);
    }
  }
  cairo_surface_destroy(surface);
  return picture;
}

}  // namespace heyan::drawing
