// replay TESTS SEEDS: runs a fuzz target over its seeds, each whole, cut at several lengths and
// with single bytes changed.
//
// A file FROM among the seeds names further ones, relative to TESTS. No seed at all is a failure:
// nothing was replayed.
#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

void add(const fs::path& place, std::vector<fs::path>& seeds) {
  if (!fs::is_directory(place)) {
    seeds.push_back(place);
    return;
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(place)) {
    if (entry.is_regular_file() && entry.path().filename() != "FROM") seeds.push_back(entry.path());
  }
}

std::vector<fs::path> find_seeds(const fs::path& tests, const fs::path& folder) {
  std::vector<fs::path> seeds;
  if (fs::is_directory(folder)) add(folder, seeds);
  std::ifstream from(folder / "FROM");
  for (std::string line; std::getline(from, line);) {
    if (!line.empty()) add(tests / line, seeds);
  }
  std::ranges::sort(seeds);
  return seeds;
}

// A copy in a block of exactly that size, so that a sanitizer sees one byte too far.
std::size_t run(const std::vector<std::uint8_t>& bytes) {
  const std::vector<std::uint8_t> exact(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
  return 1;
}

std::size_t replay(const fs::path& seed) {
  std::ifstream in(seed, std::ios::binary);
  if (!in) throw std::runtime_error(seed.string() + " cannot be read");
  const std::vector<std::uint8_t> whole{std::istreambuf_iterator<char>(in), {}};
  std::size_t runs = run(whole);
  const std::size_t size = whole.size();
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, size / 4, size / 2,
                                   size - size / 4, size - std::min<std::size_t>(size, 1)}) {
    runs +=
        run({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(std::min(length, size))});
  }
  for (std::size_t part = 0; part < 8 && size > 0; ++part) {
    std::vector<std::uint8_t> changed = whole;
    changed[(size - 1) * part / 7] ^= static_cast<std::uint8_t>(1u << part);
    runs += run(changed);
  }
  return runs;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: fuzz_NAME TESTS SEEDS\n");
    return 2;
  }
  try {
    const std::vector<fs::path> seeds = find_seeds(argv[1], argv[2]);
    if (seeds.empty()) {
      fmt::print(stderr, "{} holds no seeds: put some there, or name some in {}/FROM\n", argv[2],
                 argv[2]);
      return 1;
    }
    std::size_t runs = 0;
    for (const fs::path& seed : seeds) {
      fmt::print(stderr, "{}\n", seed.string());  // the last one named is the one that failed
      runs += replay(seed);
    }
    fmt::print("{} seeds, {} inputs\n", seeds.size(), runs);
  } catch (const std::exception& problem) {
    fmt::print(stderr, "{}\n", problem.what());
    return 1;
  }
}
