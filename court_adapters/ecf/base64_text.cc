#include "court_adapters/ecf/base64_text.h"

namespace heyan::court_adapters::ecf {

std::optional<core::Bytes> from_base64_text(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  return core::from_base64(text);
}

}  // namespace heyan::court_adapters::ecf
