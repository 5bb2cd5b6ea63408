#include "gateway/egress/clamd.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <string>

#include "gateway/os/descriptor.h"
#include "verifier/core/bytes.h"
#include "verifier/core/text.h"

namespace heyan::egress {
namespace {

using namespace std::string_view_literals;
using Clock = std::chrono::steady_clock;
using Failure = v1::EgressFailure;

constexpr std::size_t kAnswerBytes = 1'024;
constexpr std::size_t kNameCharacters = 120;
constexpr std::size_t kPieceBytes = 64u << 10;
constexpr std::size_t kLengthBytes = 4;
constexpr std::string_view kInStream = "zINSTREAM\0"sv;
constexpr std::string_view kPing = "zPING\0"sv;

std::unexpected<Failure> failure(v1::EgressFault fault) {
  Failure failed;
  failed.set_fault(fault);
  return std::unexpected(std::move(failed));
}

template <typename Address>
bool connect_socket(int socket, const Address& address) {
  // The interface of the operating system is a cast.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  return ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

class Call {
 public:
  explicit Call(const ops::Scanner& scanner)
      : until_(Clock::now() + std::chrono::seconds(scanner.seconds)) {
    const bool connected = open(scanner);
    if (connected) return;
    if (errno != EINPROGRESS || !wait(POLLOUT) || error_of_socket() != 0) socket_.reset();
  }

  // What may be said to it while it says nothing. False: it has answered, ended or takes too long.
  bool send(core::ByteView bytes) {
    while (!bytes.empty()) {
      const auto events = wait(POLLOUT | POLLIN);
      if (!events || (*events & POLLOUT) == 0 || (*events & (POLLIN | POLLERR | POLLHUP)) != 0)
        return false;
      const ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      if (count < 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return true;
  }

  // All that it says until it ends the connection.
  std::expected<std::string, Failure> answer() {
    std::string whole;
    std::array<char, kAnswerBytes> piece{};
    while (whole.size() <= kAnswerBytes) {
      if (!wait(POLLIN)) return failure(v1::EGRESS_FAULT_TIME);
      const ssize_t count = ::recv(socket_.get(), piece.data(), piece.size(), 0);
      if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      // It may end with what we sent unread, once it has answered.
      left_unread_ = count < 0 && errno == ECONNRESET;
      if (count < 0 && (!left_unread_ || whole.empty()))
        return failure(v1::EGRESS_FAULT_CONNECTION);
      if (count <= 0) break;
      whole.append(piece.data(), static_cast<std::size_t>(count));
    }
    if (whole.size() > kAnswerBytes) return failure(v1::EGRESS_FAULT_SIZE);
    if (whole.empty()) return failure(v1::EGRESS_FAULT_CONNECTION);
    return whole;
  }

  bool is_open() const { return socket_.is_open(); }
  // It ended before it had read all that was sent.
  bool left_unread() const { return left_unread_; }

 private:
  bool open(const ops::Scanner& scanner) {
    const int family = !scanner.socket.empty()                       ? AF_UNIX
                       : scanner.host.find(':') != scanner.host.npos ? AF_INET6
                                                                     : AF_INET;
    socket_ = os::Descriptor(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket_.is_open()) return false;
    if (family == AF_UNIX) {
      sockaddr_un address{};
      address.sun_family = AF_UNIX;
      const std::string name = scanner.socket.string();
      std::memcpy(address.sun_path, name.data(),
                  std::min(name.size(), sizeof address.sun_path - 1));
      return connect_socket(socket_.get(), address);
    }
    if (family == AF_INET6) {
      sockaddr_in6 address{};
      address.sin6_family = AF_INET6;
      address.sin6_port = htons(scanner.port);
      ::inet_pton(AF_INET6, scanner.host.c_str(), &address.sin6_addr);
      return connect_socket(socket_.get(), address);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(scanner.port);
    ::inet_pton(AF_INET, scanner.host.c_str(), &address.sin_addr);
    return connect_socket(socket_.get(), address);
  }

  // Which of them are there; nothing after the time.
  std::optional<short> wait(short events) const {
    while (true) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until_ - Clock::now());
      if (left.count() <= 0) return std::nullopt;
      pollfd polled{.fd = socket_.get(), .events = events, .revents = 0};
      const int ready = ::poll(&polled, 1, static_cast<int>(left.count()));
      if (ready > 0) return polled.revents;
      if (ready < 0 && errno != EINTR) return std::nullopt;
    }
  }

  int error_of_socket() const {
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &size) != 0) return errno;
    return error;
  }

  Clock::time_point until_;
  os::Descriptor socket_;
  bool left_unread_ = false;
};

// The next bytes of the file, behind their length in network order, as one chunk of the stream.
std::optional<std::size_t> read_chunk(int file, std::span<std::uint8_t> chunk) {
  ssize_t count = 0;
  do {
    count = ::read(file, chunk.data() + kLengthBytes, chunk.size() - kLengthBytes);
  } while (count < 0 && errno == EINTR);
  if (count < 0) return std::nullopt;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    chunk[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(count) >>
                                         (8 * (kLengthBytes - 1 - i)));
  }
  return static_cast<std::size_t>(count);
}

}  // namespace

std::expected<v1::ScanSaid, Failure> read_scan_answer(std::string_view whole) {
  constexpr std::string_view kStream = "stream: ";
  constexpr std::string_view kFound = " FOUND";
  if (!whole.ends_with('\0')) return failure(v1::EGRESS_FAULT_PROTOCOL);
  whole.remove_suffix(1);
  if (whole.find_first_of("\0\n"sv) != whole.npos) return failure(v1::EGRESS_FAULT_PROTOCOL);
  v1::ScanSaid said;
  if (whole == "stream: OK") {
    said.set_outcome(v1::SCAN_OUTCOME_CLEAN);
  } else if (whole == "INSTREAM size limit exceeded. ERROR") {
    said.set_outcome(v1::SCAN_OUTCOME_TOO_LARGE);
  } else if (whole.starts_with(kStream) && whole.ends_with(kFound) &&
             whole.size() > kStream.size() + kFound.size()) {
    whole.remove_prefix(kStream.size());
    whole.remove_suffix(kFound.size());
    said.set_outcome(v1::SCAN_OUTCOME_FOUND);
    said.set_name(core::visible(whole, kNameCharacters));
  } else {
    const bool refuses = whole.ends_with(" ERROR");
    return failure(refuses ? v1::EGRESS_FAULT_REFUSED : v1::EGRESS_FAULT_PROTOCOL);
  }
  return said;
}

std::expected<v1::ScanSaid, Failure> scan(const ops::Scanner& scanner, int file,
                                          std::uint64_t size) {
  if (size > scanner.max_bytes) {
    v1::ScanSaid said;
    said.set_outcome(v1::SCAN_OUTCOME_TOO_LARGE);
    return said;
  }
  Call call(scanner);
  if (!call.is_open()) return failure(v1::EGRESS_FAULT_CONNECTION);
  bool listens = call.send(core::as_bytes(kInStream));
  core::Bytes chunk(kLengthBytes + kPieceBytes);
  std::uint64_t sent = 0;
  bool whole = false;
  while (listens && !whole) {
    const auto count = read_chunk(file, chunk);
    if (!count || *count > size - sent || (*count == 0 && sent != size))
      return failure(v1::EGRESS_FAULT_FILES);
    sent += *count;
    listens = call.send(core::ByteView(chunk).first(kLengthBytes + *count));
    whole = *count == 0;
  }
  auto answer = call.answer();
  if (!answer) return std::unexpected(std::move(answer).error());
  auto said = read_scan_answer(*answer);
  // What was not read to its end cannot be clean.
  if (said && said->outcome() == v1::SCAN_OUTCOME_CLEAN &&
      (!whole || !listens || call.left_unread()))
    return failure(v1::EGRESS_FAULT_PROTOCOL);
  return said;
}

std::expected<v1::ScanSaid, Failure> ask_whether_there(const ops::Scanner& scanner) {
  Call call(scanner);
  if (!call.is_open() || !call.send(core::as_bytes(kPing)))
    return failure(v1::EGRESS_FAULT_CONNECTION);
  const auto answer = call.answer();
  if (!answer) return std::unexpected(answer.error());
  if (*answer != "PONG\0"sv) return failure(v1::EGRESS_FAULT_PROTOCOL);
  v1::ScanSaid said;
  said.set_outcome(v1::SCAN_OUTCOME_THERE);
  return said;
}

}  // namespace heyan::egress
