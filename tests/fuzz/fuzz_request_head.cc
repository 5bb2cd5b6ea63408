// Request heads from any bytes: what the gate lets through has one reading.
#include <cstdlib>

#include "gateway/http/gate.h"
#include "gateway/http/negotiate.h"
#include "verifier/core/bytes.h"
#include "verifier/core/text.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = heyan::core::as_text({data, size});
  const heyan::http::HeadLimits limits;
  const auto end = heyan::http::find_head_end(text, limits);
  // Bytes that come one by one lead to the same end.
  for (std::size_t length = 0; size <= 512 && length <= size; ++length) {
    const auto part =
        heyan::http::find_head_end(text.substr(0, length), limits, length - (length > 0 ? 1 : 0));
    if (!part.has_value()) {
      require(!end.has_value() || end->has_value());
      break;
    }
    if (part->has_value()) {
      require(end.has_value() && end->has_value() && **end == **part);
      break;
    }
  }
  if (!end.has_value() || !end->has_value()) return 0;
  const auto head = heyan::http::check_request_head(text.substr(0, **end), limits);
  if (!head.has_value()) {
    require(!head.error().why.empty());
    return 0;
  }
  require(!(head->chunked && head->content_length.has_value()));
  require(head->fields.size() <= limits.fields.count && head->find("host") != nullptr);
  const std::string& path = head->target.path;
  require(path.starts_with('/') && heyan::core::is_utf8(path) && !path.contains("//"));
  require(!(path + "/").contains("/../") && !path.contains('\0'));
  for (const heyan::http::Header& field : head->fields) {
    require(!field.name.empty() && !field.name.contains('_'));
    require(field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
  }
  if (const std::string* const accept = head->find("accept")) {
    constexpr std::string_view kOffers[] = {"application/json", "text/html"};
    const auto choice = heyan::http::choose_media_type(*accept, kOffers);
    require(!choice || *choice < 2);
  }
  return 0;
}
