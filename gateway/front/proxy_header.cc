#include "gateway/front/proxy_header.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace heyan::front {
namespace {

namespace ip = boost::asio::ip;
using core::ErrorCode;

constexpr std::string_view kBinary{"\r\n\r\n\0\r\nQUIT\n", 12};
constexpr std::string_view kText = "PROXY ";
constexpr std::size_t kFixed = 16;         // of version 2
constexpr std::size_t kLongestText = 107;  // with its end
constexpr std::size_t kMost = 1024;

std::unexpected<core::Error> malformed() {
  return core::fail(ErrorCode::kMalformed, "this is no header of the PROXY protocol");
}

std::string_view text_of(core::ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Does one begin with as much of the other as there is?
bool agree(std::string_view one, std::string_view other) {
  const std::size_t both = std::min(one.size(), other.size());
  return one.substr(0, both) == other.substr(0, both);
}

std::size_t length_of_binary(core::ByteView fixed) {
  return kFixed + (std::size_t{fixed[14]} << 8U) + fixed[15];
}

bool is_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && std::to_string(port) == text;
}

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  while (true) {
    const std::size_t space = line.find(' ');
    fields.push_back(line.substr(0, space));
    if (space == std::string_view::npos) return fields;
    line.remove_prefix(space + 1);
  }
}

core::Result<std::optional<ip::address>> read_text(std::string_view line) {
  if (line.size() > kLongestText || !line.ends_with("\r\n")) return malformed();
  line.remove_suffix(2);
  line.remove_prefix(kText.size());
  if (line.find_first_of("\r\n") != std::string_view::npos) return malformed();
  if (line == "UNKNOWN" || line.starts_with("UNKNOWN ")) return std::nullopt;
  const std::vector<std::string_view> fields = fields_of(line);
  if (fields.size() != 5 || !is_port(fields[3]) || !is_port(fields[4])) return malformed();
  boost::system::error_code wrong;
  boost::system::error_code wrong_too;
  const ip::address client = ip::make_address(fields[1], wrong);
  const ip::address server = ip::make_address(fields[2], wrong_too);
  if (wrong || wrong_too || client.is_v4() != server.is_v4()) return malformed();
  if (fields[0] != (client.is_v4() ? "TCP4" : "TCP6")) return malformed();
  if (client.is_v6() && client.to_v6().scope_id() != 0) return malformed();
  return plain_address(client);
}

template <typename Address>
core::Result<std::optional<ip::address>> first_of(core::ByteView addresses) {
  typename Address::bytes_type bytes;
  if (addresses.size() < 2 * bytes.size() + 4) return malformed();  // both addresses, both ports
  std::ranges::copy(addresses.first(bytes.size()), bytes.begin());
  return plain_address(Address(bytes));
}

core::Result<std::optional<ip::address>> read_binary(core::ByteView header) {
  if (header.size() < kFixed || header.size() != length_of_binary(header)) return malformed();
  const unsigned version_and_command = header[12];
  if (version_and_command == 0x20) return std::nullopt;  // LOCAL, whatever follows
  if (version_and_command != 0x21) return malformed();
  const core::ByteView rest = header.subspan(kFixed);
  switch (header[13]) {
    case 0x00:
      return std::nullopt;
    case 0x11:
      return first_of<ip::address_v4>(rest);
    case 0x21:
      return first_of<ip::address_v6>(rest);
    default:
      return malformed();
  }
}

}  // namespace

core::Result<std::size_t> missing_of_proxy_header(core::ByteView begun) {
  const std::string_view text = text_of(begun);
  if (text.empty()) return kBinary.size();
  if (agree(text, kBinary)) {
    if (begun.size() < kFixed) return kFixed - begun.size();
    const std::size_t length = length_of_binary(begun);
    if (length > kMost) return core::fail(ErrorCode::kLimit, "a PROXY header is too long");
    return length < begun.size() ? core::Result<std::size_t>(malformed()) : length - begun.size();
  }
  if (!agree(text, kText)) return malformed();
  if (text.ends_with("\r\n")) return 0;
  // What follows the line is the client's: no byte more may be read than must be there.
  if (text.size() >= kLongestText) return core::fail(ErrorCode::kLimit, "a line is too long");
  return text.ends_with('\r') ? 1 : 2;
}

core::Result<std::optional<ip::address>> read_proxy_header(core::ByteView header) {
  const std::string_view text = text_of(header);
  if (text.starts_with(kBinary)) return read_binary(header);
  if (text.starts_with(kText)) return read_text(text);
  return malformed();
}

ip::address plain_address(const ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

}  // namespace heyan::front
