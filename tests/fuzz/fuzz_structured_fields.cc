// Structured fields on any bytes: what is read is written in one way, reads back as the same, and
// is then stable; a signature base that covers it has no line of its own.
#include <algorithm>
#include <cstdlib>

#include "gateway/http/digest_fields.h"
#include "gateway/http/structured_fields.h"
#include "gateway/message_signatures/signature_base.h"
#include "verifier/core/bytes.h"

namespace {

namespace http = heyan::http;

void require(bool condition) {
  if (!condition) std::abort();
}

void try_base(const http::SfInnerList& covered, std::string_view field) {
  heyan::message_signatures::Message message;
  message.method = "POST";
  message.target = "/a?b=c&d=%20";
  message.fields = {{"host", "court.example"}, {"signature-input", std::string(field)}};
  const auto base = heyan::message_signatures::signature_base(message, covered);
  if (!base) return;
  const auto lines = std::ranges::count(*base, '\n');
  require(lines == static_cast<std::ptrdiff_t>(covered.items.size()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = heyan::core::as_text({data, size});
  static_cast<void>(http::parse_digests(text));
  static_cast<void>(http::parse_wanted_digests(text));
  if (const auto item = http::parse_sf_item(text)) {
    const auto again = http::parse_sf_item(http::write_sf(*item));
    require(again.has_value() && *again == *item);
  }
  const auto dictionary = http::parse_sf_dictionary(text);
  if (!dictionary) {
    require(dictionary.error().offset <= size);
    return 0;
  }
  const std::string written = http::write_sf(*dictionary);
  const auto again = http::parse_sf_dictionary(written);
  require(written.size() > (8u << 10) || (again.has_value() && *again == *dictionary));
  for (const auto& [name, member] : *dictionary) {
    if (const auto* const list = std::get_if<http::SfInnerList>(&member)) try_base(*list, text);
  }
  return 0;
}
