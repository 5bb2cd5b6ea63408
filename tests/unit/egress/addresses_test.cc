#include "gateway/egress/addresses.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstring>

namespace heyan::egress {
namespace {

sockaddr_storage address_of(const char* text) {
  sockaddr_storage storage{};
  sockaddr_in in{};
  sockaddr_in6 in6{};
  if (::inet_pton(AF_INET, text, &in.sin_addr) == 1) {
    in.sin_family = AF_INET;
    std::memcpy(&storage, &in, sizeof in);
  } else {
    EXPECT_EQ(::inet_pton(AF_INET6, text, &in6.sin6_addr), 1) << text;
    in6.sin6_family = AF_INET6;
    std::memcpy(&storage, &in6, sizeof in6);
  }
  return storage;
}
bool public_address(const char* text) {
  const sockaddr_storage storage = address_of(text);
  EXPECT_EQ(numeric(reinterpret_cast<const sockaddr&>(storage)), text);
  return is_public(reinterpret_cast<const sockaddr&>(storage));
}

TEST(Addresses, PublicOnes) {
  for (const char* text :
       {"1.1.1.1",        "8.8.8.8",         "9.255.255.255", "11.0.0.0",        "100.63.255.255",
        "100.128.0.0",    "126.255.255.255", "128.0.0.1",     "169.253.255.255", "169.255.0.0",
        "172.15.255.255", "172.32.0.0",      "192.0.1.0",     "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0",      "203.0.112.255", "203.0.114.0",     "223.255.255.255",
        "168.63.129.15",  "168.63.129.17",   "2001:200::1",   "2400:3200::1",    "2606:4700::1111",
        "2003::1",        "2001:db7::1",     "2001:db9::1",   "3fff:1000::1"}) {
    EXPECT_TRUE(public_address(text)) << text;
  }
}

TEST(Addresses, OnesOfSpecialPurpose) {
  for (const char* text : {"0.0.0.0",
                           "0.255.255.255",
                           "10.0.0.0",
                           "10.255.255.255",
                           "100.64.0.0",
                           "100.100.100.200",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.255.255",
                           "168.63.129.16",
                           "169.254.0.0",
                           "169.254.169.254",
                           "172.16.0.0",
                           "172.31.255.255",
                           "192.0.0.170",
                           "192.0.2.1",
                           "192.88.99.1",
                           "192.168.0.1",
                           "192.168.255.255",
                           "198.18.0.0",
                           "198.19.255.255",
                           "198.51.100.1",
                           "203.0.113.1",
                           "224.0.0.1",
                           "239.255.255.255",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:8.8.8.8",
                           "::ffff:127.0.0.1",
                           "64:ff9b::7f00:1",
                           "100::1",
                           "fc00::1",
                           "fd00:ec2::254",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1",
                           "2001::1",
                           "2001:1ff::1",
                           "2001:db8::1",
                           "2002:7f00:1::",
                           "3fff::1",
                           "1fff::1",
                           "4000::1"}) {
    EXPECT_FALSE(public_address(text)) << text;
  }
}

TEST(Addresses, OtherFamiliesAreNeverPublic) {
  sockaddr other{};
  other.sa_family = AF_UNIX;
  EXPECT_FALSE(is_public(other));
  EXPECT_EQ(numeric(other), "");
}

}  // namespace
}  // namespace heyan::egress
