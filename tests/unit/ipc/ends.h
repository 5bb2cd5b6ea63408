// One end of a channel as the code under test has it, the other as raw bytes: what a process that
// was taken over can do.
#pragma once

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "gateway/ipc/channel.h"

namespace heyan::ipc {

inline constexpr std::size_t kCap = std::size_t{1} << 20;

// How many descriptors this process has open.
inline std::size_t open_descriptors() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    ++count;
  }
  return count;
}

class Ends : public testing::Test {
 protected:
  explicit Ends(std::size_t cap = kCap) : channel_(os::Descriptor(), cap) {
    auto pair = make_pair();
    if (!pair) std::abort();
    channel_ = Channel(std::move(pair->a), cap);
    raw_ = std::move(pair->b);
  }

  static core::Bytes frame(std::uint32_t length, std::uint16_t type, std::string_view body = {}) {
    core::Bytes bytes;
    for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<std::uint8_t>(length >> (8 * i)));
    bytes.push_back(static_cast<std::uint8_t>(type & 0xff));
    bytes.push_back(static_cast<std::uint8_t>(type >> 8));
    bytes.insert(bytes.end(), body.begin(), body.end());
    return bytes;
  }

  void put(core::ByteView bytes, std::span<const int> descriptors = {}) const {
    iovec piece{const_cast<std::uint8_t*>(bytes.data()), bytes.size()};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    std::vector<std::uint8_t> control(CMSG_SPACE(descriptors.size_bytes()));
    if (!descriptors.empty()) {
      message.msg_control = control.data();
      message.msg_controllen = control.size();
      cmsghdr* part = CMSG_FIRSTHDR(&message);
      part->cmsg_level = SOL_SOCKET;
      part->cmsg_type = SCM_RIGHTS;
      part->cmsg_len = CMSG_LEN(descriptors.size_bytes());
      std::memcpy(CMSG_DATA(part), descriptors.data(), descriptors.size_bytes());
    }
    ASSERT_EQ(::sendmsg(raw_.get(), &message, MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }

  core::Bytes take(std::size_t count) const {
    core::Bytes bytes(count);
    const ssize_t got = ::recv(raw_.get(), bytes.data(), count, MSG_WAITALL);
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }

  Channel channel_;
  os::Descriptor raw_;
};

}  // namespace heyan::ipc
