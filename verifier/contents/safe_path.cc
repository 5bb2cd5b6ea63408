#include "verifier/contents/safe_path.h"

#include "verifier/core/text.h"

namespace heyan::contents {
namespace {

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::optional<std::string_view> unsafe_part(std::string_view part) {
  if (part.empty()) return "has an empty part between two \"/\" or at an end";
  if (part == ".") return "has a part \".\"";
  if (part == "..") return "has a part \"..\", which leaves the folder";
  if (part.size() > kMaxPathPartBytes) return "has a part longer than 255 bytes";
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> unsafe_path(std::string_view path) {
  if (path.empty()) return "is empty";
  if (path.size() > kMaxPathBytes) return "is longer than 1024 bytes";
  if (!core::is_utf8(path)) return "is not UTF-8";
  if (core::has_control(path)) return "has a control or invisible character";
  if (path.find('\\') != std::string_view::npos)
    return "has a backslash: separate parts with \"/\"";
  if (path.front() == '/') return "is absolute: name it relative to case.json";
  if (path.size() > 1 && path[1] == ':' && is_ascii_letter(path[0])) return "has a drive letter";
  while (true) {
    const std::size_t slash = path.find('/');
    if (const auto fault = unsafe_part(path.substr(0, slash))) return fault;
    if (slash == std::string_view::npos) return std::nullopt;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace heyan::contents
