// The hedge: three bamboo stalks with their nodes.
export function Emblem({ size = 28 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden fill="none" strokeLinecap="round" strokeWidth="3.4">
      <path stroke="var(--bamboo-400)" d="M7 28v-6m0-5v-4m0-5V4" />
      <path stroke="var(--bamboo-200)" d="M16 28v-11m0-5V4" />
      <path stroke="var(--bamboo-300)" d="M25 28v-3m0-5v-7m0-5V4" />
    </svg>
  );
}
