#include "gateway/api/drawn_page.h"

#include <charconv>

namespace heyan::api {
namespace {

struct Words {
  std::string_view code;
  std::string_view detail;
};

Words words_of(v1::DrawFault fault) {
  switch (fault) {
    case v1::DRAW_FAULT_PASSWORD:
      return {"pdf-password", "this PDF is not readable without a password; save the file"};
    case v1::DRAW_FAULT_LIMIT:
      return {"pdf-limit",
              "this PDF is larger, or takes longer to draw, than what is shown; save the file"};
    default:
      return {"pdf-unreadable", "this PDF, or this page of it, cannot be drawn; save the file"};
  }
}

}  // namespace

std::optional<std::uint32_t> page_asked(const http::Target& target) {
  if (target.query.empty()) return 1;
  const std::string* asked = target.find_query("page");
  if (asked == nullptr || target.query.size() != 1 || asked->starts_with('0')) return std::nullopt;
  std::uint32_t page = 0;
  const char* const end = asked->data() + asked->size();
  const auto read = std::from_chars(asked->data(), end, page);
  return read.ec == std::errc() && read.ptr == end ? std::optional(page) : std::nullopt;
}

core::Result<v1::DrawGets> draw_page(ipc::Doors& drawers, service::ServedFile& file,
                                     std::uint32_t page) {
  HEYAN_CHECK_OK(file.check());
  return service::draw(drawers, file.descriptor(), page);
}

http::ProblemDocument problem_of(v1::DrawFault fault) {
  http::ProblemDocument document;
  document.problem = fault == v1::DRAW_FAULT_NO_SUCH_PAGE ? http::Problem::kNotFound
                                                          : http::Problem::kUnsupportedMediaType;
  if (fault == v1::DRAW_FAULT_NO_SUCH_PAGE) return document;
  const Words words = words_of(fault);
  document.errors.push_back(
      {.pointer = "/path", .code = std::string(words.code), .detail = std::string(words.detail)});
  return document;
}

}  // namespace heyan::api
