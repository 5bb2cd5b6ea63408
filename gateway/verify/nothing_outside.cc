// What OpenSSL refers to and this program must not do: look names up, and load libraries, which
// even a static program would do through the C library of the machine that it runs on. Here OpenSSL
// has nothing to do it with, whatever a configuration in the environment says.
#include <netdb.h>

#include <array>

extern "C" {

int getaddrinfo(const char*, const char*, const addrinfo*, addrinfo**) { return EAI_FAIL; }
void freeaddrinfo(addrinfo*) noexcept {}
hostent* gethostbyname(const char*) { return nullptr; }

// A table of functions without any, as OpenSSL has it where it was built with no-dso.
const void* DSO_METHOD_openssl() noexcept;
const void* DSO_METHOD_openssl() noexcept {
  alignas(void*) static constexpr std::array<unsigned char, 16 * sizeof(void*)> kNone{};
  return kNone.data();
}

}  // extern "C"
