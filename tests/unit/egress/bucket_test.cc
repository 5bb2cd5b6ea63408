// The bucket of a store that does what a hostile one may.
#include "gateway/egress/bucket.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

#include "gateway/os/descriptor.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::egress {
namespace {

using testing::HasSubstr;

// As long as a sealed object is at least.
std::string object(const std::string& content, std::size_t size = kLeastObjectBytes) {
  return content + std::string(size - content.size(), '.');
}

const std::string kName = std::string(32, 'c') + "/ab/" + std::string(62, 'd') + ".sealed";

// What one connection is told; its other end.
using Talk = std::function<void(int to)>;

void say(int to, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::send(to, text.data(), text.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

// One request a connection, with its body; the first talk that fits its first line answers.
class Store {
 public:
  Store() {
    listening_ = os::Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(listening_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listening_.get(), 8), 0);
    socklen_t size = sizeof address;
    EXPECT_EQ(::getsockname(listening_.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
  }
  std::uint16_t port() const { return port_; }
  void answer(const std::string& first_line, Talk talk) {
    const std::lock_guard lock(mutex_);
    talks_.insert(talks_.begin(), {first_line, std::move(talk)});
  }
  void answer(const std::string& first_line, const std::string& text) {
    answer(first_line, [text](int to) { say(to, text); });
  }
  // Heads and bodies of all requests.
  std::vector<std::string> seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  void work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      pollfd ready{.fd = listening_.get(), .events = POLLIN, .revents = 0};
      if (::poll(&ready, 1, 50) != 1) continue;
      const os::Descriptor to(::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (!to.is_open()) continue;
      const timeval longest{.tv_sec = 10, .tv_usec = 0};
      ::setsockopt(to.get(), SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
      ::setsockopt(to.get(), SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof longest);
      serve(to.get());
    }
  }
  void serve(int to) {
    std::string request;
    std::size_t end = std::string::npos;
    while ((end = request.find("\r\n\r\n")) == std::string::npos) {
      if (!read_more(to, request)) return;
    }
    const std::size_t at = request.find("Content-Length: ");
    const std::size_t body = at < end ? std::stoul(request.substr(at + 16)) : 0;
    if (request.contains("Expect: 100-continue")) say(to, "HTTP/1.1 100 Continue\r\n\r\n");
    while (request.size() < end + 4 + body) {
      if (!read_more(to, request)) return;
    }
    Talk talk;
    {
      const std::lock_guard lock(mutex_);
      seen_.push_back(request);
      for (const auto& [first_line, one] : talks_) {
        if (!talk && request.starts_with(first_line)) talk = one;
      }
    }
    if (talk) talk(to);
  }
  static bool read_more(int from, std::string& into) {
    std::array<char, 65'536> some{};
    const ssize_t count = ::recv(from, some.data(), some.size(), 0);
    if (count > 0) into.append(some.data(), static_cast<std::size_t>(count));
    return count > 0;
  }

  os::Descriptor listening_;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;  // guards the next two
  std::vector<std::pair<std::string, Talk>> talks_;
  std::vector<std::string> seen_;
  std::jthread thread_;
};

std::string http(int status, const std::string& body, const std::string& headers = "") {
  return "HTTP/1.1 " + std::to_string(status) +
         " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" +
         headers + "\r\n" + body;
}

class BucketTest : public testing::Test {
 protected:
  BucketTest() {
    EXPECT_TRUE(start_library().has_value());
    at_.plain = true;
    at_.host = "127.0.0.1";
    at_.port = store_.port();
    at_.path = "/";
    at_.addresses = {"127.0.0.1"};
    at_.seconds = 1;
    at_.bucket = "evidence";
    at_.region = "court-1";
    files_.access_key = "heyan:vault";
    files_.secret = "test-secret";
    store_.answer("HEAD /evidence HTTP", http(200, ""));
  }
  static std::string word(const Failure& failed) {
    return v1::EgressFault_Name(failed.fault()).substr(sizeof "EGRESS_FAULT_" - 1) +
           (failed.number() == 0 ? "" : " " + std::to_string(failed.number()));
  }
  static std::string word(const std::expected<Bucket::Found, Failure>& found) {
    if (!found) return word(found.error());
    return *found == Bucket::Found::kThere ? "there" : "absent";
  }
  static std::string word(const std::expected<void, Failure>& done) {
    return done ? "done" : word(done.error());
  }
  std::string get(std::uint64_t most = 200) {
    taken_.clear();
    return word(Bucket(at_, files_).get(kName, most, [this](core::ByteView piece) {
      taken_ += core::as_text(piece);
      return takes_;
    }));
  }
  std::string get_of(const std::string& answer) {
    store_.answer("GET", answer);
    return get();
  }
  std::string put(const std::string& content, std::uint64_t size) {
    const auto path = folder_.write("object", content);
    const os::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return word(
        Bucket(at_, files_).put(kName, file.get(), size, crypto::sha256(core::as_bytes(content))));
  }
  std::string put(const std::string& content) { return put(content, content.size()); }

  os::TemporaryFolder folder_;
  Store store_;
  ops::Bucket at_;
  BucketFiles files_;
  std::string taken_;
  bool takes_ = true;
};

TEST_F(BucketTest, AnObjectIsPutWholeAndSigned) {
  store_.answer("PUT /evidence/" + kName + " HTTP/1.1", http(200, ""));
  const std::string content(3'000'000, 'x');
  EXPECT_EQ(put(content), "done");
  ASSERT_EQ(store_.seen().size(), 1u);
  const std::string request = store_.seen()[0];
  EXPECT_TRUE(request.ends_with("\r\n\r\n" + content));
  EXPECT_THAT(
      request.substr(0, 2000),
      HasSubstr("x-amz-content-sha256: " + core::to_hex(crypto::sha256(core::as_bytes(content)))));
  EXPECT_THAT(request.substr(0, 2000),
              HasSubstr("Authorization: AWS4-HMAC-SHA256 Credential=heyan:vault/"));
  EXPECT_THAT(request.substr(0, 2000), HasSubstr("/court-1/s3/aws4_request"));
  EXPECT_FALSE(request.contains("test-secret"));
}

TEST_F(BucketTest, AnObjectComesWhole) {
  EXPECT_EQ(get_of(http(200, object("sealed bytes"))), "there");
  EXPECT_EQ(taken_, object("sealed bytes"));
  EXPECT_EQ(get_of(http(200, object("x", 200))), "there") << "as many as it may have";
  EXPECT_EQ(get_of(http(200, object("x", 201))), "SIZE");
  EXPECT_EQ(taken_, "");
}

TEST_F(BucketTest, WhatIsNotAllOfAnObjectIsNone) {
  EXPECT_EQ(get_of("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nsealed"), "CONNECTION") << "cut";
  EXPECT_EQ(get_of("HTTP/1.1 200 OK\r\n\r\nsealed"), "PROTOCOL") << "its length is not said";
  EXPECT_EQ(get_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nsealed\r\n0\r\n\r\n"),
            "PROTOCOL");
  EXPECT_EQ(get_of(http(206, "sealed")), "HTTP_STATUS 206");
  EXPECT_EQ(get_of(http(204, "")), "HTTP_STATUS 204");
  EXPECT_EQ(taken_, "");
  EXPECT_EQ(get_of("SSH-2.0-OpenSSH_9.2\r\n"), "PROTOCOL");
  EXPECT_EQ(get_of(""), "CONNECTION");
}

// Evidence that was changed would be told in a report. What is no object at all is not: it is a
// store, or what stands before it, that is to be asked again.
TEST_F(BucketTest, WhatIsTooShortForAnObjectIsNoAnswer) {
  EXPECT_EQ(get_of(http(200, "")), "PROTOCOL");
  EXPECT_EQ(get_of("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"), "PROTOCOL");
  EXPECT_EQ(get_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "PROTOCOL");
  EXPECT_EQ(get_of(http(200, object("", kLeastObjectBytes - 1))), "PROTOCOL");
  store_.answer("HEAD /evidence/", http(200, ""));
  EXPECT_EQ(word(Bucket(at_, files_).find(kName)), "PROTOCOL");
  store_.answer("HEAD /evidence/", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(word(Bucket(at_, files_).find(kName)), "PROTOCOL");
}

TEST_F(BucketTest, WhatIsTakenForLaterIsNotPut) {
  for (const int status : {201, 202, 204, 206}) {
    store_.answer("PUT", http(status, ""));
    EXPECT_EQ(put("x"), "HTTP_STATUS " + std::to_string(status));
  }
}

TEST_F(BucketTest, NothingIsEndless) {
  const auto endless = [](const std::string& head, const std::string& more) {
    return [head, more](int to) {
      say(to, head);
      for (int i = 0; i < 100'000 && ::send(to, more.data(), more.size(), MSG_NOSIGNAL) > 0; ++i) {
      }
    };
  };
  const std::string much(4096, 'x');
  store_.answer("GET", endless("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", much));
  EXPECT_EQ(get(), "SIZE");
  store_.answer("GET", endless("HTTP/1.1 200 OK\r\n", "X-More: " + much + "\r\n"));
  EXPECT_EQ(get(), "SIZE");
  store_.answer("GET", endless("HTTP/1.1 500 X\r\nContent-Length: 99999999\r\n\r\n", much));
  EXPECT_EQ(get(), "HTTP_STATUS 500") << "what is said with a refusal is dropped, and cut off";
  EXPECT_EQ(taken_, "");
}

TEST_F(BucketTest, NothingTakesForEver) {
  store_.answer("GET", [](int to) {
    char byte = 0;
    static_cast<void>(!::recv(to, &byte, 1, 0));  // until the other end has enough
  });
  EXPECT_EQ(get(), "TIME");
  // A byte a moment.
  store_.answer("GET", [](int to) {
    say(to, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
    for (int i = 0; i < 90 && ::send(to, "x", 1, MSG_NOSIGNAL) == 1; ++i) ::usleep(100'000);
  });
  EXPECT_EQ(get(), "TIME");
}

// Nor is the time that the first bytes saved the last one's.
TEST_F(BucketTest, WhoWasQuickMustNotStandStill) {
  constexpr std::size_t kMuch = 32u << 20;  // worth two minutes
  store_.answer("GET", [](int to) {
    say(to, "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(kMuch + 1) + "\r\n\r\n");
    say(to, std::string(kMuch, 'x'));
    char byte = 0;
    static_cast<void>(!::recv(to, &byte, 1, 0));  // until the other end has enough, or ten seconds
  });
  EXPECT_EQ(get(kMuch + 1), "TIME");
  EXPECT_EQ(taken_.size(), kMuch);
}

TEST_F(BucketTest, WhatNobodyWaitsForEnds) {
  at_.seconds = 60;
  store_.answer("PUT", [](int to) {
    char byte = 0;
    static_cast<void>(!::recv(to, &byte, 1, 0));
  });
  const auto path = folder_.write("object", "x");
  const os::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  Bucket bucket(at_, files_);
  bucket.end_where([this] { return !store_.seen().empty(); });
  EXPECT_EQ(word(bucket.put(kName, file.get(), 1, crypto::sha256(core::as_bytes("x")))),
            "CONNECTION");
}

TEST_F(BucketTest, NoOneElseIsAsked) {
  for (const int status : {301, 302, 303, 307, 308}) {
    EXPECT_EQ(get_of(http(status, "", "Location: http://127.0.0.1:1/x\r\n")), "REDIRECT");
  }
  store_.answer("PUT", http(307, "", "Location: http://127.0.0.1:1/x\r\n"));
  EXPECT_EQ(put("x"), "REDIRECT");
  at_.addresses.clear();
  const std::size_t before = store_.seen().size();
  EXPECT_EQ(get(), "ADDRESS_FORBIDDEN");
  EXPECT_EQ(store_.seen().size(), before);
}

TEST_F(BucketTest, ARefusalIsOneWhateverItSays) {
  const std::string xml =
      "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><Error><Code>"
      "NoSuchKey</Code></Error>";
  for (const int status : {400, 403, 409, 412, 429, 500, 501, 503}) {
    const std::string word = "HTTP_STATUS " + std::to_string(status);
    EXPECT_EQ(get_of(http(status, xml)), word);
    store_.answer("PUT", http(status, xml));
    EXPECT_EQ(put("x"), word);
    store_.answer("HEAD /evidence/", http(status, ""));
    EXPECT_EQ(BucketTest::word(Bucket(at_, files_).find(kName)), word);
    store_.answer("DELETE", http(status, xml));
    EXPECT_EQ(BucketTest::word(Bucket(at_, files_).remove(kName)), word);
  }
  EXPECT_EQ(taken_, "");
}

TEST_F(BucketTest, AbsentIsWhatTheBucketLacksAndNotWhereItIsGone) {
  EXPECT_EQ(get_of(http(404, "<Error/>")), "absent");
  store_.answer("HEAD /evidence/", http(404, ""));
  EXPECT_EQ(word(Bucket(at_, files_).find(kName)), "absent");
  store_.answer("DELETE", http(404, ""));
  EXPECT_EQ(word(Bucket(at_, files_).remove(kName)), "done");
  store_.answer("HEAD /evidence HTTP", http(404, ""));
  EXPECT_EQ(get(), "HTTP_STATUS 404");
  EXPECT_EQ(word(Bucket(at_, files_).find(kName)), "HTTP_STATUS 404");
  EXPECT_EQ(word(Bucket(at_, files_).remove(kName)), "HTTP_STATUS 404");
  EXPECT_EQ(word(Bucket(at_, files_).there()), "HTTP_STATUS 404");
  store_.answer("HEAD /evidence HTTP", http(403, ""));
  EXPECT_EQ(get(), "HTTP_STATUS 403");
}

TEST_F(BucketTest, WhatIsThereIsFoundAndRemoved) {
  store_.answer("HEAD /evidence/" + kName,
                "HTTP/1.1 200 OK\r\nContent-Length: 140\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(word(Bucket(at_, files_).find(kName)), "there");
  store_.answer("DELETE /evidence/" + kName, "HTTP/1.1 204 No Content\r\n\r\n");
  EXPECT_EQ(word(Bucket(at_, files_).remove(kName)), "done");
  EXPECT_EQ(word(Bucket(at_, files_).there()), "done");
  const std::string empty = core::to_hex(crypto::sha256({}));
  for (const std::string& request : store_.seen()) {
    EXPECT_THAT(request, HasSubstr("x-amz-content-sha256: " + empty));
    EXPECT_THAT(request, HasSubstr("Authorization: AWS4-HMAC-SHA256"));
  }
}

TEST_F(BucketTest, AFileOfAnotherSizeIsNotSent) {
  store_.answer("PUT", http(200, ""));
  EXPECT_EQ(put("four", 3), "FILES");
  EXPECT_EQ(put("four", 5), "FILES");
  EXPECT_EQ(store_.seen().size(), 0u);
}

TEST_F(BucketTest, WhoTakesNoMoreEndsIt) {
  takes_ = false;
  EXPECT_EQ(get_of(http(200, object("sealed"))), "CONNECTION");
}

TEST_F(BucketTest, NobodyIsThere) {
  at_.port = 1;
  EXPECT_EQ(get(), "CONNECTION");
  EXPECT_EQ(put("x"), "CONNECTION");
}

}  // namespace
}  // namespace heyan::egress
