#include "court_adapters/china/charset.h"

#include <limits>
#include <memory>
#include <vector>

#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include "verifier/core/text.h"

namespace heyan::court_adapters::china {
namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

std::optional<std::string> from_gb18030(std::string_view bytes) {
  constexpr std::size_t kMost = std::numeric_limits<std::int32_t>::max() / 4;
  if (bytes.size() > kMost) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter(ucnv_open("gb18030", &status), &ucnv_close);
  if (U_FAILURE(status)) return std::nullopt;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::vector<UChar> units(bytes.size() + 1);  // never more units than bytes
  const std::int32_t count =
      ucnv_toUChars(converter.get(), units.data(), static_cast<std::int32_t>(units.size()),
                    bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string text(static_cast<std::size_t>(count) * 3, '\0');  // at most three bytes a unit
  std::int32_t length = 0;
  u_strToUTF8(text.data(), static_cast<std::int32_t>(text.size()), &length, units.data(), count,
              &status);
  if (U_FAILURE(status)) return std::nullopt;
  text.resize(static_cast<std::size_t>(length));
  return text;
}

}  // namespace

std::optional<Decoded> to_utf8(core::ByteView bytes) {
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  std::string_view text = core::as_text(bytes);
  if (text.contains('\0')) return std::nullopt;  // UTF-16 also
  if (core::is_utf8(text)) {
    if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
    return Decoded{std::string(text), "utf-8"};
  }
  if (text.starts_with(kMark)) return std::nullopt;
  auto decoded = from_gb18030(text);
  if (!decoded) return std::nullopt;
  return Decoded{*std::move(decoded), "gb18030"};
}

}  // namespace heyan::court_adapters::china
