/** What the reporting worker is started with. */
export interface ReportData {
  /** Origin of the monitor. */
  url: string;
  token: string;
  ca: string | null;
}
