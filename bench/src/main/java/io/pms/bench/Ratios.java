package io.pms.bench;

import java.util.List;

/** How much better ours was, over all rounds; above 1 is better. */
record Ratios(double min, double median, double max) {
    static Ratios of(List<Double> ratios) {
        List<Double> sorted = ratios.stream().sorted().toList();
        return new Ratios(sorted.getFirst(), median(sorted), sorted.getLast());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
