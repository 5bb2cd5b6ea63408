#include "court_adapters/ecf/media_type.h"

#include <algorithm>
#include <array>

namespace heyan::court_adapters::ecf {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

struct Ending {
  std::string_view type;
  std::string_view ending;
};
constexpr std::array kEndings = {
    Ending{"application/pdf", ".pdf"},
    Ending{"application/xml", ".xml"},
    Ending{"text/xml", ".xml"},
    Ending{"application/json", ".json"},
    Ending{"text/plain", ".txt"},
    Ending{"image/png", ".png"},
    Ending{"image/jpeg", ".jpg"},
    Ending{"image/tiff", ".tif"},
    Ending{"application/zip", ".zip"},
    Ending{"application/msword", ".doc"},
    Ending{"application/vnd.oasis.opendocument.text", ".odt"},
    Ending{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
};

}  // namespace

std::string media_type(std::string_view field) {
  return lower(trimmed(field.substr(0, field.find(';'))));
}

std::string charset(std::string_view field) {
  while (true) {
    const std::size_t next = field.find(';');
    if (next == std::string_view::npos) return {};
    field.remove_prefix(next + 1);
    const std::string parameter = lower(trimmed(field.substr(0, field.find(';'))));
    if (!parameter.starts_with("charset=")) continue;
    std::string_view value = std::string_view(parameter).substr(8);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    return std::string(value);
  }
}

std::string_view file_ending(std::string_view media_type) {
  const auto found = std::ranges::find(kEndings, media_type, &Ending::type);
  return found == kEndings.end() ? ".bin" : found->ending;
}

}  // namespace heyan::court_adapters::ecf
