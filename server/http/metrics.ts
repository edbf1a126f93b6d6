const buckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] as const;

/** Counts for whoever watches the machine; nothing of what the papers say. */
export type Metrics = Readonly<{
  count: (name: string, by?: number) => void;
  took: (name: string, ms: number) => void;
  /** Prometheus text format 0.0.4. */
  text: (gauges: Readonly<Record<string, number>>) => string;
}>;

export function createMetrics(): Metrics {
  const counters = new Map<string, number>();
  const histograms = new Map<string, { counts: number[]; sum: number; total: number }>();
  return {
    count: (name, by = 1) => void counters.set(name, (counters.get(name) ?? 0) + by),
    took: (name, ms) => {
      const kept = histograms.get(name) ?? { counts: buckets.map(() => 0), sum: 0, total: 0 };
      for (const [place, most] of buckets.entries()) {
        if (ms <= most) kept.counts[place] = (kept.counts[place] ?? 0) + 1;
      }
      kept.sum += ms;
      kept.total += 1;
      histograms.set(name, kept);
    },
    text: (gauges) =>
      [
        ...Object.entries(gauges).map(([name, value]) => `antin_${name} ${value}`),
        ...[...counters].map(([name, value]) => `antin_${name}_total ${value}`),
        ...[...histograms].flatMap(([name, { counts, sum, total }]) => [
          ...buckets.map((most, place) => `antin_${name}_ms_bucket{le="${most}"} ${counts[place] ?? 0}`),
          `antin_${name}_ms_bucket{le="+Inf"} ${total}`,
          `antin_${name}_ms_sum ${sum.toFixed(3)}`,
          `antin_${name}_ms_count ${total}`,
        ]),
        '',
      ].join('\n'),
  };
}
