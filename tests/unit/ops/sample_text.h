// Configurations as tests change them.
#pragma once

#include <gtest/gtest.h>

#include "gateway/ops/config.h"

namespace heyan::ops {

// The sample of a configuration with this instead of that.
inline std::string sample_with(std::string_view old, std::string_view with) {
  std::string text(sample_config());
  const std::size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  if (at != std::string::npos) text.replace(at, old.size(), with);
  return text;
}

// The only defect of a text, as people read it.
inline std::string defect_of(std::string_view text) {
  const auto parsed = parse_config("heyan.toml", text, "/etc/heyan");
  if (parsed) return "accepted";
  std::string all;
  for (const auto& error : parsed.error()) all += trust::to_string(error) + "\n";
  return all;
}

}  // namespace heyan::ops
