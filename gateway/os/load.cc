#include "gateway/os/load.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace heyan::os {
namespace {

using core::ErrorCode;

// Files of the kernel: small, and made anew at each read from the start.
core::Result<std::string> whole(const Descriptor& file) {
  std::array<char, 16'384> space;
  const ssize_t count = ::pread(file.get(), space.data(), space.size(), 0);
  if (count < 0) return core::fail(ErrorCode::kIo, "the system does not say how full it is");
  return std::string(space.data(), static_cast<std::size_t>(count));
}

Descriptor opened(const std::filesystem::path& file) {
  return Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
}

std::optional<double> number_at(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  std::uint64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || stop == text.data()) return std::nullopt;
  return static_cast<double>(value);
}

// The number of the line that begins with `name`.
std::optional<double> line(std::string_view text, std::string_view name) {
  while (!text.empty()) {
    if (text.starts_with(name)) return number_at(text.substr(name.size()));
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  return std::nullopt;
}

// "0::/a/b": of the second version; where it is another's name space, the file is not there.
std::filesystem::path own_group(const std::filesystem::path& proc) {
  const Descriptor file = opened(proc / "self" / "cgroup");
  const auto text = file.is_open() ? whole(file) : core::Result<std::string>(std::string());
  constexpr std::string_view kSecond = "0::/";
  if (!text || !text->starts_with(kSecond)) return {};
  return text->substr(kSecond.size(), text->find('\n') - kSecond.size());
}

double share(double used, double of) { return of > 0 ? std::clamp(used / of, 0.0, 1.0) : 0; }

}  // namespace

core::Result<LoadGauge> LoadGauge::open(const std::filesystem::path& folder,
                                        const std::filesystem::path& proc,
                                        const std::filesystem::path& cgroup) {
  LoadGauge gauge;
  gauge.folder_ = Descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!gauge.folder_.is_open()) return core::fail(ErrorCode::kNotFound, "there is no such folder");
  gauge.meminfo_ = opened(proc / "meminfo");
  const std::filesystem::path group = cgroup / own_group(proc);
  gauge.limit_ = opened(group / "memory.max");
  gauge.current_ = opened(group / "memory.current");
  gauge.stat_ = opened(group / "memory.stat");
  HEYAN_CHECK_OK(gauge.read());
  return gauge;
}

core::Result<double> LoadGauge::memory() const {
  if (limit_.is_open() && current_.is_open() && stat_.is_open()) {
    HEYAN_TRY(const std::string limit, whole(limit_));
    HEYAN_TRY(const std::string current, whole(current_));
    HEYAN_TRY(const std::string stat, whole(stat_));
    const auto most = number_at(limit);  // "max": nothing limits it
    const auto now = number_at(current);
    const double files =
        line(stat, "active_file ").value_or(0) + line(stat, "inactive_file ").value_or(0);
    if (most && now) return share(*now - files, *most);
  }
  if (!meminfo_.is_open()) return core::fail(ErrorCode::kIo, "the system shows no memory");
  HEYAN_TRY(const std::string text, whole(meminfo_));
  const auto total = line(text, "MemTotal:");
  const auto available = line(text, "MemAvailable:");
  if (!total || !available) return core::fail(ErrorCode::kMalformed, "meminfo does not read");
  return share(*total - *available, *total);
}

core::Result<double> LoadGauge::disk(std::uint64_t more) const {
  struct statvfs status{};
  if (::fstatvfs(folder_.get(), &status) != 0) {
    return core::fail(ErrorCode::kIo, "the disk does not say how full it is");
  }
  // What is kept for root is not ours to use.
  const auto used = static_cast<double>(status.f_blocks - status.f_bfree);
  const double added =
      status.f_frsize == 0 ? 0 : static_cast<double>(more) / static_cast<double>(status.f_frsize);
  const double blocks = share(used + added, used + static_cast<double>(status.f_bavail));
  const double inodes = share(static_cast<double>(status.f_files - status.f_ffree),
                              static_cast<double>(status.f_files));
  return std::max(blocks, inodes);
}

core::Result<Load> LoadGauge::read() const {
  Load load;
  HEYAN_TRY(load.memory, memory());
  HEYAN_TRY(load.disk, disk());
  return load;
}

}  // namespace heyan::os
