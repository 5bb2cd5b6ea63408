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

// From 1, in one form.
std::optional<std::uint32_t> number_in(const std::string* text) {
  if (text == nullptr || text->starts_with('0')) return std::nullopt;
  std::uint32_t number = 0;
  const char* const end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<v1::DrawAsk> page_asked(const http::Target& target) {
  v1::DrawAsk ask;
  ask.set_page(1);
  if (target.query.empty()) return ask;
  const auto page = number_in(target.find_query("page"));
  const std::string* width = target.find_query("width");
  const auto pixels = number_in(width);
  if (!page || (width != nullptr && !pixels) || target.query.size() != (width == nullptr ? 1 : 2)) {
    return std::nullopt;
  }
  ask.set_page(*page);
  ask.set_width(pixels.value_or(0));
  return ask;
}

core::Result<v1::DrawGets> draw_page(ipc::Doors& drawers, service::ServedFile& file,
                                     const v1::DrawAsk& ask) {
  HEYAN_TRY(const os::Descriptor whole, file.whole());
  return service::draw(drawers, whole.get(), ask);
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

std::string_view frame_words_of(v1::DrawFault fault) {
  if (fault == v1::DRAW_FAULT_LIMIT) {
    return "这一页绘制所需的时间超过了限度。请下载文件后用自己的软件打开。\n"
           "This page takes longer to draw than what is shown here. Download the file to open it "
           "with a program of your own.\n";
  }
  return "这一页不能绘成图片。请下载文件后用自己的软件打开。\n"
         "This page cannot be drawn as a picture. Download the file to open it with a program of "
         "your own.\n";
}

}  // namespace heyan::api
