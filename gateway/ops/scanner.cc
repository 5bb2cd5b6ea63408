#include "gateway/ops/scanner.h"

#include <fmt/format.h>
#include <sys/un.h>

#include "gateway/ops/config_values.h"

namespace heyan::ops {
namespace {

constexpr std::int64_t kMostBytesOfFile = std::int64_t{4} << 30;  // clamd counts no further
constexpr std::int64_t kMostScanSeconds = 3'600;
constexpr std::size_t kMostSocketName = sizeof(sockaddr_un::sun_path) - 1;

template <typename Number>
void number(trust::Table& table, std::string_view key, std::int64_t most, Number& into) {
  const auto value = table.integer(key);
  if (!value) return;
  if (*value < 1 || *value > most)
    table.defect(key, fmt::format("must be from 1 to {}", most));
  else
    into = static_cast<Number>(*value);
}

}  // namespace

Scanner read_scanner(trust::Table& table, const std::filesystem::path& folder) {
  Scanner scanner;
  const auto socket = table.text("socket");
  scanner.socket = resolve_path(folder, socket.value_or(""));
  if (socket && (socket->empty() || scanner.socket.string().size() > kMostSocketName))
    table.defect("socket", "is no path of a socket", "Write for example \"/run/clamav/clamd.ctl\"");
  const auto text = table.text("address");
  const auto address = parse_address(text.value_or(""));
  if (text && (!address || address->port == 0 || !is_loopback(address->host))) {
    table.defect("address", "is no address of this machine alone",
                 "Write for example \"127.0.0.1:3310\", or name clamd's socket");
  } else if (address) {
    scanner.host = address->host;
    scanner.port = address->port;
  }
  if (table.has("socket") == table.has("address"))
    table.defect("socket", "or address is needed, and one of them", "Name where clamd listens");
  number(table, "max_bytes", kMostBytesOfFile, scanner.max_bytes);
  number(table, "seconds", kMostScanSeconds, scanner.seconds);
  return scanner;
}

}  // namespace heyan::ops
