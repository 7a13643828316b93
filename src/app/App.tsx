export function App() {
  return <h1>Picsift</h1>;
}
