// Precision and recall of "at most 2 m" on the DP-3T measurements, cross-validated by scenario: one threshold for each
// beacon, the distance table that the house ships, and one calibrated on the other scenarios, heard one way and both.
//
//   distance_curves FOLDER TABLE.json [CURVES.csv [PLOT.svg]]
//
// FOLDER holds the experiments' folders (exp05-epfl-soldiers, exp34-epfl-soldiers) with their scenario*.sqlite.

#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>

#include "engines/proximity/distance_testing.h"

namespace {

using namespace luytre::proximity;
namespace fs = std::filesystem;

struct Curve {
  std::string experiment;
  std::string name;
  std::vector<CurvePoint> points;
};

// Recalls of the attenuations 50, 55, 60, 63, 65, 70 and 73 dB in the whole older experiment.
constexpr double kRecalls[] = {.132, .261, .475, .595, .680, .865, .936};

void print(const Curve& curve) {
  std::printf("| %s | %s | %.3f |", curve.experiment.c_str(), curve.name.c_str(), average_precision(curve.points));
  for (const double recall : kRecalls) std::printf(" %.3f |", precision_at(curve.points, recall));
  std::printf("\n");
}

void write_csv(const fs::path& file, const std::vector<Curve>& curves) {
  std::ofstream out(file);
  out << "experiment,method,recall,precision,threshold\n";
  for (const Curve& curve : curves) {
    double last = -1;
    for (const CurvePoint& point : curve.points) {
      if (point.recall - last < 0.002 && &point != &curve.points.back()) continue;
      last = point.recall;
      out << curve.experiment << ',' << curve.name << ',' << point.recall << ',' << point.precision << ','
          << point.threshold << '\n';
    }
  }
}

// Linear axes: recall 0 … 1 across, precision 0.5 … 1 up; what is below is not drawn.
void write_svg(const fs::path& file, const std::vector<Curve>& curves) {
  constexpr const char* kColours[] = {"#8a6d1d", "#1b6ca8", "#2e7d4f", "#c2571a", "#7a4fa3", "#a3324c"};
  constexpr double kSide = 300, kLeft = 60, kTop = 50, kGap = 90;
  const auto across = [&](double panel, double recall) { return kLeft + panel * (kSide + kGap) + recall * kSide; };
  const auto up = [&](double precision) { return kTop + (1 - precision) * 2 * kSide; };
  std::ofstream out(file);
  std::vector<std::string> experiments;
  for (const Curve& curve : curves)
    if (experiments.empty() || experiments.back() != curve.experiment) experiments.push_back(curve.experiment);
  const double width = kLeft + static_cast<double>(experiments.size()) * (kSide + kGap);
  out << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " << width
      << " 480\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\"><rect width=\"" << width
      << "\" height=\"480\" fill=\"#fff\"/>\n<text x=\"60\" y=\"20\" font-size=\"15\">At most 2 m: precision (up) by "
         "recall, left-out scenarios</text>\n";
  for (std::size_t panel = 0; panel < experiments.size(); ++panel) {
    const auto p = static_cast<double>(panel);
    out << "<text x=\"" << across(p, 0) << "\" y=\"42\">" << experiments[panel] << "</text>\n";
    for (int i = 0; i <= 5; ++i) {
      const double part = i / 5.0;
      out << "<path d=\"M" << across(p, part) << ' ' << up(1) << 'V' << up(.5) << 'M' << across(p, 0) << ' '
          << up(.5 + part / 2) << 'H' << across(p, 1) << "\" stroke=\"#ddd\"/><text x=\"" << across(p, part)
          << "\" y=\"" << up(.5) + 16 << "\" text-anchor=\"middle\">" << part << "</text><text x=\"" << across(p, 0) - 6
          << "\" y=\"" << up(.5 + part / 2) + 4 << "\" text-anchor=\"end\">" << .5 + part / 2 << "</text>\n";
    }
    std::size_t colour = 0;
    for (const Curve& curve : curves) {
      if (curve.experiment != experiments[panel]) continue;
      const char* const stroke = kColours[colour++ % std::size(kColours)];
      out << "<path fill=\"none\" stroke-width=\"1.5\" stroke=\"" << stroke << "\" d=\"";
      double last = -1;
      for (const CurvePoint& point : curve.points) {
        if (point.precision < 0.5 || (point.recall - last < 0.005 && last >= 0)) continue;
        out << (last < 0 ? 'M' : 'L') << across(p, point.recall) << ' ' << up(point.precision);
        last = point.recall;
      }
      const double line = up(.5) + 34 + 16 * static_cast<double>(colour - 1);
      out << "\"/><path d=\"M" << across(p, 0) << ' ' << line - 4 << "h18\" stroke-width=\"2\" stroke=\"" << stroke
          << "\"/><text x=\"" << across(p, 0) + 24 << "\" y=\"" << line << "\">" << curve.name << "</text>\n";
    }
  }
  out << "</svg>\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: distance_curves FOLDER TABLE.json [CURVES.csv [PLOT.svg]]\n";
    return 2;
  }
  std::ostringstream text;
  text << std::ifstream(argv[2]).rdbuf();
  const auto table = parse_distance_table(text.str());
  if (!table) {
    std::cerr << argv[2] << ": not a distance table\n";
    return 1;
  }
  std::vector<Curve> curves;
  std::printf("| experiment | method | average precision |");
  for (const double recall : kRecalls) std::printf(" %.3f |", recall);
  std::printf("\n|---|---|---|---|---|---|---|---|---|---|\n");
  for (const char* experiment : {"exp05-epfl-soldiers", "exp34-epfl-soldiers"}) {
    if (!fs::exists(fs::path(argv[1]) / experiment)) continue;
    for (const auto ways : {testing::Ways::kOne, testing::Ways::kBoth}) {
      const auto scenarios = testing::read_experiment(fs::path(argv[1]) / experiment, ways);
      if (scenarios.size() < 2) continue;
      const auto found = testing::cross_validate(scenarios, *table);
      const bool both = ways == testing::Ways::kBoth;
      const auto add = [&](const char* name, const std::vector<CurvePoint>& points) {
        curves.push_back({experiment, name, points});
        print(curves.back());
      };
      if (!both) {
        std::printf("| %s | %zu scenarios, %zu beacons | | | | | | | | |\n", experiment, scenarios.size(),
                    found.beacons);
        add("threshold for each beacon", found.threshold);
      }
      add(both ? "shipped table, both ways" : "shipped table, one way", found.untrained);
      add(both ? "calibrated table, both ways" : "calibrated table, one way", found.table);
    }
  }
  if (argc > 3) write_csv(argv[3], curves);
  if (argc > 4) write_svg(argv[4], curves);
  return 0;
}
