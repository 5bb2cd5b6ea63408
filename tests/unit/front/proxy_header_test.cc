// Headers of the PROXY protocol: those of its specification, and what must not be taken for one.
#include "gateway/front/proxy_header.h"

#include <gtest/gtest.h>

namespace heyan::front {
namespace {

using core::ErrorCode;

const std::string kSignature("\r\n\r\n\0\r\nQUIT\n", 12);

std::string binary(std::uint8_t command, std::uint8_t family, const std::string& rest) {
  std::string header = kSignature;
  for (const std::size_t octet :
       {std::size_t{command}, std::size_t{family}, rest.size() >> 8U, rest.size() & 0xffU}) {
    header.push_back(static_cast<char>(octet));
  }
  return header + rest;
}
std::string v4(const std::string& more = "") {
  return binary(0x21, 0x11,
                std::string("\xc0\x00\x02\x01\x0a\x00\x00\x01\x30\x39\x01\xbb", 12) + more);
}
std::string v6(const std::string& first) {
  return binary(0x21, 0x21, first + std::string(15, '\0') + "\x01" + "\x30\x39\x01\xbb");
}

// Whose connection it is; "own": the balancer's; else the error.
std::string client_in(const std::string& header) {
  const auto client = read_proxy_header(core::as_bytes(header));
  if (!client) return std::string(core::name(client.error().code));
  return *client ? (*client)->to_string() : "own";
}

// As the server reads: never more than is said to be missing.
core::Result<std::size_t> read_from(const std::string& stream) {
  std::size_t read = 0;
  while (true) {
    const auto missing = missing_of_proxy_header(core::as_bytes(stream).first(read));
    if (!missing) return std::unexpected(missing.error());
    if (*missing == 0) return read;
    if (read + *missing > stream.size()) return core::fail(ErrorCode::kTruncated, "ended");
    read += *missing;
  }
}

TEST(ProxyHeader, OfTextSaysWhoTheClientIs) {
  EXPECT_EQ(client_in("PROXY TCP4 192.0.2.1 10.0.0.1 12345 443\r\n"), "192.0.2.1");
  EXPECT_EQ(client_in("PROXY TCP6 2001:db8::1 2001:db8::2 12345 443\r\n"), "2001:db8::1");
  EXPECT_EQ(client_in("PROXY TCP6 ::ffff:192.0.2.1 ::ffff:10.0.0.1 1 443\r\n"), "192.0.2.1");
  EXPECT_EQ(client_in("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n"),
            "255.255.255.255");
  EXPECT_EQ(client_in("PROXY UNKNOWN\r\n"), "own");
  EXPECT_EQ(client_in("PROXY UNKNOWN ffff::1 ffff::2 65535 65535\r\n"), "own");
}

TEST(ProxyHeader, OfBytesSaysWhoTheClientIs) {
  EXPECT_EQ(client_in(v4()), "192.0.2.1");
  EXPECT_EQ(client_in(v4(std::string("\x04\x00\x02zz", 5))), "192.0.2.1");
  EXPECT_EQ(client_in(v6(std::string("\x20\x01\x0d\xb8", 4) + std::string(11, '\0') + "\x07")),
            "2001:db8::7");
  EXPECT_EQ(client_in(v6(std::string(10, '\0') + "\xff\xff\xc0" + std::string("\x00\x02\x01", 3))),
            "192.0.2.1");
  EXPECT_EQ(client_in(binary(0x20, 0x00, "")), "own");
  EXPECT_EQ(client_in(binary(0x20, 0x11, "whatever")), "own");
  EXPECT_EQ(client_in(binary(0x21, 0x00, "whatever")), "own");
}

TEST(ProxyHeader, OfAnotherFormIsNone) {
  for (const std::string line : {"TCP4 192.0.2.1 10.0.0.1 12345",
                                 "TCP4 192.0.2.1 10.0.0.1 12345 443 ",
                                 "TCP4  192.0.2.1 10.0.0.1 12345 443",
                                 "TCP4 192.0.2.1 10.0.0.1 12345 65536",
                                 "TCP4 192.0.2.1 10.0.0.1 012345 443",
                                 "TCP4 192.0.2.1 10.0.0.1 -1 443",
                                 "TCP4 192.0.2.1 10.0.0.1 12345 ",
                                 "TCP4 192.0.2.1 2001:db8::1 12345 443",
                                 "TCP4 2001:db8::1 2001:db8::2 12345 443",
                                 "TCP6 192.0.2.1 10.0.0.1 12345 443",
                                 "TCP4 192.0.2.256 10.0.0.1 12345 443",
                                 "TCP4 192.0.2.1 10.0.0.256 12345 443",
                                 "TCP4 192.0.2 10.0.0.1 12345 443",
                                 "TCP4 host 10.0.0.1 12345 443",
                                 "TCP6 fe80::1%1 2001:db8::2 12345 443",
                                 "tcp4 192.0.2.1 10.0.0.1 12345 443",
                                 "UDP4 192.0.2.1 10.0.0.1 12345 443",
                                 "UNKNOWNS",
                                 "",
                                 "TCP4 192.0.2.1\r 10.0.0.1 1 443",
                                 "TCP4 192.0.2.1 10.0.0.1 1 443\n"}) {
    EXPECT_EQ(client_in("PROXY " + line + "\r\n"), "malformed") << line;
  }
  EXPECT_EQ(client_in("PROXY TCP4 192.0.2.1 10.0.0.1 12345 443\n"), "malformed");
  EXPECT_EQ(client_in("PROXY TCP4 192.0.2.1 10.0.0.1 12345 443\r\nG"), "malformed");
  EXPECT_EQ(client_in("GET / HTTP/1.1\r\n"), "malformed");
  EXPECT_EQ(client_in(""), "malformed");
  EXPECT_EQ(client_in("PROXY UNKNOWN " + std::string(92, 'x') + "\r\n"), "malformed");  // 108
  EXPECT_EQ(client_in("PROXY UNKNOWN " + std::string(91, 'x') + "\r\n"), "own");
}

TEST(ProxyHeader, OfOtherBytesIsNone) {
  EXPECT_EQ(client_in(kSignature), "malformed");
  EXPECT_EQ(client_in(v4() + "x"), "malformed");
  EXPECT_EQ(client_in(v4().substr(0, 27)), "malformed");
  EXPECT_EQ(client_in(binary(0x21, 0x11, std::string(11, '\x01'))), "malformed");
  EXPECT_EQ(client_in(binary(0x21, 0x21, std::string(35, '\x01'))), "malformed");
  for (const std::uint8_t command : {0x22, 0x2f, 0x11, 0x31, 0x01, 0x00}) {
    EXPECT_EQ(client_in(binary(command, 0x11, v4().substr(16))), "malformed") << int{command};
  }
  for (const std::uint8_t family : {0x12, 0x22, 0x31, 0x32, 0x10, 0x01, 0xff}) {
    EXPECT_EQ(client_in(binary(0x21, family, std::string(216, '\x01'))), "malformed")
        << int{family};
  }
}

TEST(ProxyHeader, IsReadToItsEndAndNoFurther) {
  for (const std::string& header :
       {std::string("PROXY UNKNOWN\r\n"), std::string("PROXY TCP4 1.1.1.1 1.1.1.1 1 1\r\n"),
        std::string("PROXY TCP4 192.0.2.1 10.0.0.1 12345 443\r\n"),
        std::string("PROXY TCP4 192.0.2.1 10.0.0.1 12345 4430\r\n"),
        "PROXY UNKNOWN " + std::string(91, 'x') + "\r\n", v4(), v4(std::string(900, '\0')),
        binary(0x20, 0x00, "")}) {
    const auto read = read_from(header + "\x16\x03\x01 what the client sends");
    ASSERT_TRUE(read.has_value()) << header << ": " << read.error().text;
    EXPECT_EQ(*read, header.size()) << header;
  }
}

TEST(ProxyHeader, ThatCannotBecomeOneIsNotWaitedFor) {
  const std::string hello("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03xxxxxxxxxx", 21);
  for (const std::string& stream :
       {hello, std::string("GET / HTTP/1.1\r\n\r\n"), std::string("PROXX UNKNOWN\r\n"),
        std::string("\r\n\r\n\r\n\r\n\r\n\r\n\r\n"), kSignature.substr(0, 11) + "\r\x21\x11 "}) {
    const auto read = read_from(stream);
    ASSERT_FALSE(read.has_value()) << stream;
    EXPECT_EQ(read.error().code, ErrorCode::kMalformed) << stream;
  }
  const auto endless = read_from("PROXY UNKNOWN " + std::string(2000, 'x'));
  ASSERT_FALSE(endless.has_value());
  EXPECT_EQ(endless.error().code, ErrorCode::kLimit);
  const auto huge = read_from(binary(0x21, 0x11, std::string(2000, 'x')));
  ASSERT_FALSE(huge.has_value());
  EXPECT_EQ(huge.error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace heyan::front
