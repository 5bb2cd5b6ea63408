#include "verifier/ledgers/fabric/message.h"

namespace heyan::ledgers::fabric {

Result<void> put(ByteView& out, const Field& field) {
  HEYAN_TRY(out, field.as_bytes());
  return {};
}

Result<void> put(std::optional<ByteView>& out, const Field& field) {
  HEYAN_TRY(out, field.as_bytes());
  return {};
}

Result<void> put(std::string_view& out, const Field& field) {
  HEYAN_TRY(out, field.as_utf8());
  return {};
}

Result<void> put(std::uint64_t& out, const Field& field) {
  HEYAN_TRY(out, field.as_uint64());
  return {};
}

Result<void> put(std::uint32_t& out, const Field& field) {
  HEYAN_TRY(out, field.as_uint32());
  return {};
}

Result<void> put(std::int32_t& out, const Field& field) {
  HEYAN_TRY(out, field.as_int32());
  return {};
}

Result<void> put(std::int64_t& out, const Field& field) {
  HEYAN_TRY(const std::uint64_t value, field.as_uint64());
  out = static_cast<std::int64_t>(value);
  return {};
}

Result<void> put(bool& out, const Field& field) {
  HEYAN_TRY(out, field.as_bool());
  return {};
}

Result<void> put(std::vector<ByteView>& out, const Field& field) {
  HEYAN_TRY(const ByteView bytes, field.as_bytes());
  out.push_back(bytes);
  return {};
}

Result<void> put(std::vector<std::string_view>& out, const Field& field) {
  HEYAN_TRY(const std::string_view text, field.as_utf8());
  out.push_back(text);
  return {};
}

Result<void> skip_bytes(const Field& field) {
  HEYAN_CHECK_OK(field.as_bytes());
  return {};
}

Result<void> skip_number(const Field& field) {
  HEYAN_CHECK_OK(field.as_uint64());
  return {};
}

std::unexpected<core::Error> unknown(const Field& field) {
  return core::fail(core::ErrorCode::kUnknown, "a field that this message does not have",
                    field.offset);
}

Result<MapEntry> read_map_entry(const Field& field) {
  HEYAN_TRY(const ByteView bytes, field.as_bytes());
  MapEntry entry;
  const auto visit = [&](const Field& inner) -> Result<void> {
    switch (inner.number) {
      case 1:
        return put(entry.key, inner);
      case 2:
        return put(entry.value, inner);
      default:
        return unknown(inner);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return entry;
}

}  // namespace heyan::ledgers::fabric
