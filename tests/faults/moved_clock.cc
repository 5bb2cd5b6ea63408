// Loaded before the C library (LD_PRELOAD) into the programs of a gateway: the wall clock is that
// of the machine and as much as stands in the file that MOVED_CLOCK names, in nanoseconds, 8 bytes,
// least first. The file is mapped before any sandbox is entered, so that a test may set the clock
// of programs that run. Monotonic clocks are what they are. Timers of the kernel by the wall clock
// are not moved: nothing here waits by them.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <string_view>

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMicrosecond = 1'000;

const std::atomic<std::int64_t>* moved = nullptr;

__attribute__((constructor)) void begin() {
  const char* const path = std::getenv("MOVED_CLOCK");
  if (path == nullptr || !std::string_view(program_invocation_short_name).starts_with("heyan"))
    return;
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  const void* const at = ::mmap(nullptr, sizeof *moved, PROT_READ, MAP_SHARED, file, 0);
  ::close(file);
  if (at != MAP_FAILED) moved = static_cast<const std::atomic<std::int64_t>*>(at);
}

bool is_wall(clockid_t clock) {
  return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  static const auto real =
      reinterpret_cast<decltype(&::clock_gettime)>(::dlsym(RTLD_NEXT, "clock_gettime"));
  const int result = real(clock, time);
  if (result != 0 || moved == nullptr || !is_wall(clock)) return result;
  const std::int64_t now = std::int64_t{time->tv_sec} * kSecond + time->tv_nsec + moved->load();
  time->tv_sec = now / kSecond;
  time->tv_nsec = now % kSecond;
  return 0;
}
int gettimeofday(timeval* time, void* /*zone*/) noexcept {
  timespec now{};
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / kMicrosecond;
  return 0;
}
time_t time(time_t* out) noexcept {
  timespec now{};
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}

}  // extern "C"
